package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BreakerTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration FOR_A_MOMENT = Duration.ofMillis(200);

    private Breaker breaker = breaker(FOR_EVER, FOR_EVER);

    @Test
    void a_closed_channel_opens_at_once_and_takes_nothing() {
        attempt(new Stopped("SMTP AUTHENTICATION"));

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.admits(1000)).isZero();
        assertThat(breaker.permits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL, SMTP TLS CERTIFICATE NOT TRUSTED, camelbell.mail.trust",
        "EMAIL, SMTP TLS CERTIFICATE OF ANOTHER HOST, camelbell.mail.host",
        "WHATSAPP, HTTP TLS CERTIFICATE NOT TRUSTED, camelbell.whatsapp.trust",
        "WHATSAPP, HTTP TLS CERTIFICATE OF ANOTHER HOST, camelbell.whatsapp.base-url",
        "WHATSAPP, HTTP PROXY 407, camelbell.whatsapp.proxy.username",
        "WHATSAPP, META 190, See to the provider",
        "MY_SMS, HTTP TLS CERTIFICATE NOT TRUSTED, camelbell.channels.my-sms.trust",
        "MY_SMS, HTTP TLS CERTIFICATE OF ANOTHER HOST, camelbell.channels.my-sms.url"
    })
    void one_line_says_why_it_has_stopped_and_what_to_do(
            String channel, String reason, String remedy, CapturedOutput log) {
        breaker = breaker(channel, FOR_EVER, FOR_EVER);
        attempt(new Stopped(reason));
        breaker.record(new Stopped(reason)); // of one that was under way

        assertThat(log.getOut().lines().filter(line -> line.contains("channel stopped")))
                .singleElement(STRING)
                .contains("reason=" + reason, remedy);
        assertThat(breaker.reason()).isEqualTo(reason);
    }

    @Test
    void half_the_answers_missing_opens_it_but_not_before_there_are_enough() {
        attempt(new Unavailable("SMTP CONNECT", null));
        attempt(new Unknown("SMTP NO ANSWER"));
        attempt(new Sent("1"));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        attempt(new Sent("2"));
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void refusals_of_messages_and_people_leave_it_closed() {
        for (int i = 0; i < 100; i++) {
            attempt(new FailedForGood("SMTP 550"));
            attempt(new FailedForNow("META 131056", null));
            attempt(new FailedForGood("INVALID_ADDRESS"));
            attempt(new FailedForNow("UNEXPECTED", null));
        }
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.admits(1000)).isEqualTo(1000);
    }

    @Test
    void it_lets_a_few_try_and_closes_when_they_succeed() {
        breaker = breaker(FOR_EVER, FOR_A_MOMENT);
        attempt(new Stopped("META 190"));
        await().until(() -> breaker.state() == State.HALF_OPEN);

        assertThat(breaker.admits(1000)).isEqualTo(2);
        attempt(new FailedForGood("INVALID_ADDRESS"));
        attempt(new Skipped("OPTED_OUT"));
        attempt(new Skipped("OPTED_OUT"));
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        attempt(new Sent("1"));
        attempt(new Sent("2"));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void it_opens_again_when_they_do_not() {
        breaker = breaker(FOR_A_MOMENT, FOR_EVER);
        for (int i = 0; i < 4; i++) {
            attempt(new Unavailable("HTTP 503", null));
        }
        await().until(() -> breaker.state() == State.HALF_OPEN);
        attempt(new Stopped("META 190"));
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    private static Breaker breaker(Duration openFor, Duration stoppedFor) {
        return breaker("EMAIL", openFor, stoppedFor);
    }

    private static Breaker breaker(String channel, Duration openFor, Duration stoppedFor) {
        return new Breaker(channel, new BreakerPolicy(10, 4, 50, openFor, stoppedFor, 2));
    }

    private void attempt(DeliveryOutcome outcome) {
        assertThat(breaker.permits()).isTrue();
        breaker.record(outcome);
    }
}
