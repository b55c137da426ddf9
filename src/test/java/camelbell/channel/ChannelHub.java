package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.ChannelApplication.Ends;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

/** The channel routes before a provider. Their times are long; where one has to run out, see {@link SilenceContract}. */
@SpringBootTest(
        classes = ChannelApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "camel.main.routes-include-pattern=file:routes/00-*.camel.yaml,file:routes/45-*.camel.yaml,file:routes/50-*.camel.yaml,"
                    + "file:routes/51-*.camel.yaml",
            "camelbell.routes=file:routes",
            "camelbell.mail.read-timeout=20s",
            "camelbell.mail.connect-timeout=20s",
            "camelbell.mail.attempt-timeout=20s",
            "camelbell.whatsapp.connect-timeout=20s",
            "camelbell.whatsapp.response-timeout=20s",
            "camelbell.whatsapp.attempt-timeout=20s"
        })
@DirtiesContext
public abstract class ChannelHub {

    protected static final Duration SOON = Duration.ofSeconds(30);

    protected final ScriptedProvider provider;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private ProducerTemplate camel;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    protected Ends ends;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Breakers breakers;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Paces paces;

    protected ChannelHub(ScriptedProvider provider) {
        this.provider = provider;
    }

    @BeforeEach
    void anew() {
        provider.accepts();
        ends.settled().clear();
        ends.released().clear();
        forget();
    }

    /** Of this attempt alone: nothing before it has closed or slowed the channel. */
    protected final DeliveryOutcome outcomeOf(Delivery delivery) {
        forget();
        send(delivery, Map.of());
        return outcome();
    }

    protected final DeliveryOutcome outcome() {
        try {
            Attempt attempt = ends.settled().poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(attempt).as("an attempt within " + SOON).isNotNull();
            assertThat(ends.settled()).as("one attempt only").isEmpty();
            return attempt.outcome();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    protected final void send(Delivery delivery, Map<String, Object> headers) {
        camel.sendBodyAndHeaders(delivery.channel().endpoint(), new Dispatch(List.of(delivery)), headers);
    }

    private void forget() {
        breakers.close();
        paces.forget();
    }
}
