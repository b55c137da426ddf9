package camelbell.channel.whatsapp;

import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.ChannelApplication;
import camelbell.channel.ChannelApplication.Ends;
import camelbell.dev.CloudApiDouble;
import camelbell.model.ADelivery;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.Dispatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Free text, and what becomes of it outside Meta's 24-hour window. */
@SpringBootTest(
        classes = ChannelApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "camel.main.routes-include-pattern=file:routes/00-*.camel.yaml,file:routes/45-*.camel.yaml,"
                    + "file:routes/51-*.camel.yaml",
            "camelbell.routes=file:routes",
            "camelbell.whatsapp.message-type=text"
        })
@DirtiesContext
class WhatsAppTextTest {

    private static final CloudApiDouble PROVIDER = new CloudApiDouble("localhost", 0, "4242", "a-token", 10);

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private ProducerTemplate camel;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Ends ends;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("camelbell.whatsapp.base-url", PROVIDER::baseUrl);
        registry.add("camelbell.whatsapp.phone-number-id", () -> "4242");
        registry.add("camelbell.whatsapp.access-token", () -> "a-token");
    }

    @BeforeEach
    void anew() {
        PROVIDER.reset();
    }

    @Test
    void inside_the_window_text_is_sent_as_text() throws InterruptedException {
        assertThat(outcome()).isInstanceOf(Sent.class);
        assertThat(types()).containsExactly("text");
    }

    @Test
    void outside_the_window_it_is_sent_once_more_as_the_template() throws InterruptedException {
        PROVIDER.script(Map.of("code", 131047));

        assertThat(outcome()).isInstanceOf(Sent.class);
        assertThat(types()).containsExactly("text", "template");
        assertThat(String.valueOf(PROVIDER.received(1).get(0).body()))
                .contains("\"name\":\"ticket_created\"", "\"biz_opaque_callback_data\":\"4711/0123456789abcdef\"");
    }

    @Test
    void once_and_no_more_whatever_the_template_is_answered() throws InterruptedException {
        PROVIDER.script(Map.of("code", 131047, "times", 5));
        assertThat(outcome()).isEqualTo(new FailedForGood("META 131047"));
        assertThat(types()).containsExactly("text", "template");

        PROVIDER.reset();
        PROVIDER.script(Map.of("code", 131047));
        PROVIDER.script(Map.of("status", 503, "code", 131016));
        assertThat(outcome()).isEqualTo(new Unavailable("META 131016", null));
        assertThat(types()).containsExactly("text", "template");
    }

    @Test
    void another_refusal_of_text_is_final() throws InterruptedException {
        PROVIDER.script(Map.of("code", 131026));
        assertThat(outcome()).isEqualTo(new FailedForGood("META 131026"));
        assertThat(types()).containsExactly("text");
    }

    private DeliveryOutcome outcome() throws InterruptedException {
        Delivery delivery = aDelivery().over(ADelivery.WHATSAPP).delivery();
        camel.sendBody(delivery.channel().endpoint(), new Dispatch(List.of(delivery)));
        Attempt attempt = ends.settled().poll(20, TimeUnit.SECONDS);
        assertThat(attempt).isNotNull();
        assertThat(ends.settled()).isEmpty();
        return attempt.outcome();
    }

    /** Oldest first. */
    private static List<String> types() {
        List<String> types = new ArrayList<>();
        for (int i = PROVIDER.received(10).size() - 1; i >= 0; i--) {
            String body = String.valueOf(PROVIDER.received(10).get(i).body());
            types.add(body.contains("\"type\":\"template\"") ? "template" : "text");
        }
        return types;
    }
}
