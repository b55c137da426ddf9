package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.dev.CloudApiDouble;
import camelbell.model.ADelivery;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class WhatsAppChannelTest extends ChannelContract {

    private static final WhatsAppProvider PROVIDER = new WhatsAppProvider();
    private static final CloudApiDouble CLOUD = PROVIDER.cloud;

    WhatsAppChannelTest() {
        super(PROVIDER);
    }

    @DynamicPropertySource
    static void cloud(DynamicPropertyRegistry registry) {
        PROVIDER.tell(registry);
    }

    @Test
    void a_request_is_marked_with_the_notification_and_addressed_in_digits() {
        outcomeOf(PROVIDER.delivery()
                .to(ADelivery.readerAt("whatsapp_number", "+1 (415) 555-0123"))
                .delivery());

        assertThat(PROVIDER.lastReceived())
                .contains("\"to\":\"14155550123\"", "\"biz_opaque_callback_data\":\"4711\"", "\"type\":\"template\"");
    }

    @Test
    void the_code_decides_and_a_429_waits_as_long_as_the_provider_asks() {
        CLOUD.script(Map.of("status", 429, "code", 130429, "headers", Map.of("Retry-After", "3600")));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("META 130429", Duration.ofHours(1)));
        CLOUD.script(Map.of("status", 400, "code", 131056));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Throttled("META 131056", null));
        CLOUD.script(Map.of("status", 500, "code", 132001));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 132001"));
        CLOUD.script(Map.of("status", 401, "code", 190));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Stopped("META 190"));
        CLOUD.script(Map.of("status", 400, "code", 131049));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 131049"));
    }

    @Test
    void a_template_that_is_refused_for_the_window_is_not_sent_a_second_time() {
        CLOUD.script(Map.of("code", 131047, "times", 2));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 131047"));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void without_a_code_the_status_decides() {
        CLOUD.script(Map.of("status", 502));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unavailable("HTTP 502", null));
        CLOUD.script(Map.of("status", 404));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("HTTP 404"));
        CLOUD.script(Map.of("status", 429));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("HTTP 429", null));
    }

    @Test
    void a_redirect_is_not_followed() {
        CLOUD.script(Map.of("status", 302, "headers", Map.of("Location", CLOUD.baseUrl() + "/v23.0/4242/messages")));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForNow("HTTP 302", null));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_one_request_and_never_a_hidden_second() {
        CLOUD.script(Map.of("status", 503, "headers", Map.of("Retry-After", "1"), "times", 1));
        assertThat(outcomeOf(PROVIDER.delivery().delivery()))
                .isEqualTo(new Unavailable("HTTP 503", Duration.ofSeconds(1)));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void an_acceptance_without_an_id_is_an_unknown_outcome() {
        CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of())));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
        CLOUD.script(Map.of("status", 200));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
    }

    @Test
    void an_acceptance_with_an_id_that_no_database_could_keep_is_an_unknown_outcome() {
        for (String id : List.of("wamid.\0", "x".repeat(513))) {
            CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of(Map.of("id", id)))));
            assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
        }
        String longest = "x".repeat(512);
        CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of(Map.of("id", longest)))));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Sent(longest));
    }

    @Test
    void an_answer_without_end_is_not_read() {
        CLOUD.script(Map.of("status", 200, "body", Map.of("junk", "x".repeat(1_000_000))));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP NO ANSWER"));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isInstanceOf(Sent.class);
    }
}
