package camelbell.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.SilenceContract;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("long")
class MailSilenceTest extends SilenceContract {

    private static final MailProvider PROVIDER = new MailProvider();

    MailSilenceTest() {
        super(PROVIDER);
    }

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        PROVIDER.tell(registry);
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.SILENCE, ScriptedSmtp.DRIP, ScriptedSmtp.HANG_UP})
    void no_answer_to_the_end_of_the_message_is_an_unknown_outcome(String silent) {
        under(provider -> PROVIDER.server.answer(".", silent), outcome -> assertThat(outcome)
                .isEqualTo(new Unknown("SMTP NO ANSWER")));
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.SILENCE, ScriptedSmtp.DRIP})
    void no_answer_before_the_end_of_the_message_is_a_timeout(String silent) {
        under(provider -> PROVIDER.server.answer("RCPT", silent), outcome -> assertThat(outcome)
                .isEqualTo(new Unavailable("SMTP TIMEOUT", null)));
    }
}
