package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.ChannelLimit;
import camelbell.model.StartRefused;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class LeaseGuardTest {

    private final LeaseGuard guard =
            new LeaseGuard(new DefaultListableBeanFactory().getBeanProvider(Clock.class), Duration.ofSeconds(60));

    @ParameterizedTest
    @ValueSource(strings = {"EMAIL", "WHATSAPP", "SMS"})
    void an_attempt_that_may_last_as_long_as_the_lease_refuses_the_start_whatever_its_channel(String channel) {
        assertThatThrownBy(() -> guard.mustSuffice(channel, limit(60)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The attempt-timeout of channel " + channel + " is PT1M")
                .hasMessageContaining("camelbell.delivery.lease PT1M");
    }

    @Test
    void a_shorter_one_may_start() {
        guard.mustSuffice("SMS", limit(59));
    }

    private static ChannelLimit limit(long seconds) {
        return new ChannelLimit(1, 1, Duration.ofSeconds(seconds));
    }
}
