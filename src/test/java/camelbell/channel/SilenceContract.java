package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Unknown;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** What every channel must do when its provider does not answer in time. */
@TestPropertySource(
        properties = {
            "camelbell.mail.read-timeout=1500ms",
            "camelbell.mail.connect-timeout=1500ms",
            "camelbell.mail.attempt-timeout=3s",
            "camelbell.whatsapp.response-timeout=1500ms",
            "camelbell.whatsapp.attempt-timeout=3s"
        })
public abstract class SilenceContract extends ChannelHub {

    protected SilenceContract(ScriptedProvider provider) {
        super(provider);
    }

    @Test
    void a_silent_provider_costs_one_attempt_and_no_thread() {
        under(ScriptedProvider::isSilent, outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    @Test
    void a_provider_that_drips_is_cut_off_when_the_attempt_has_taken_too_long() {
        under(ScriptedProvider::drips, outcome -> assertThat(outcome).isInstanceOf(Unknown.class));
    }

    /** Tried again, because a provider that only stalls may be too late before it is asked to be. */
    protected final void under(Consumer<ScriptedProvider> fault, Consumer<DeliveryOutcome> expected) {
        await().untilAsserted(() -> {
            anew();
            fault.accept(provider);
            expected.accept(outcomeOf(provider.delivery().delivery()));
        });
    }
}
