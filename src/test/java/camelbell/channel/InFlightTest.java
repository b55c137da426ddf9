package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void all_may_go_until_the_provider_is_known() {
        assertThat(inFlight.learn(Duration.ofMillis(1).toNanos())).isEqualTo(InFlight.ALL);
    }

    @Test
    void of_a_provider_that_answers_at_once_few_are_under_way() {
        assertThat(told(Duration.ofNanos(400_000), 10)).isEqualTo(2);
    }

    @Test
    void of_one_that_takes_a_while_as_many_as_are_begun_meanwhile() {
        assertThat(told(Duration.ofMillis(5), 10)).isEqualTo(11);
    }

    @Test
    void of_a_slow_one_all_may_go_at_once() {
        told(Duration.ofNanos(400_000), 10);

        assertThat(told(Duration.ofMillis(200), 1)).isEqualTo(InFlight.ALL);
    }

    @Test
    void a_single_attempt_that_takes_seconds_is_enough_to_let_all_go() {
        told(Duration.ofNanos(400_000), 10);

        assertThat(inFlight.learn(Duration.ofSeconds(10).toNanos())).isEqualTo(InFlight.ALL);
    }

    @Test
    void who_waits_for_the_others_makes_no_provider_slow() {
        int limit = InFlight.ALL;
        for (int i = 0; i < 400; i++) {
            limit = inFlight.learn(Duration.ofMillis(i % 5 == 0 ? 1 : 6).toNanos());
        }
        assertThat(limit).isEqualTo(3);
    }

    @Test
    void a_few_quick_refusals_do_not_make_a_slow_one_quick() {
        int limit = InFlight.ALL;
        for (int i = 0; i < 400; i++) {
            limit = inFlight.learn(Duration.ofMillis(i % 2 == 0 ? 1 : 200).toNanos());
        }
        assertThat(limit).isEqualTo(InFlight.ALL);
    }

    private int told(Duration each, int windows) {
        int limit = InFlight.ALL;
        for (int i = 0; i < 40 * windows; i++) {
            limit = inFlight.learn(each.toNanos());
        }
        return limit;
    }
}
