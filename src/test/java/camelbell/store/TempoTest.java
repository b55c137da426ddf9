package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.ChannelLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TempoTest {

    private static final int CONCURRENCY = 8;
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final Tempo tempo = new Tempo(new ChannelLimit(CONCURRENCY, 4000, ATTEMPT), LEASE, now::get);

    @Test
    void of_a_channel_that_nothing_is_known_of_twice_what_goes_at_once_may_be_held() {
        assertThat(tempo.mayHold()).isEqualTo(2 * CONCURRENCY);
    }

    @Test
    void a_slow_provider_has_no_more_held_than_is_begun_in_half_of_the_time_that_is_good() {
        done(40, Duration.ofSeconds(1), 5);

        assertThat(tempo.mayHold()).isEqualTo(40 * 15);
    }

    @Test
    void the_first_messages_of_a_quick_one_show_that_it_is_quick() {
        done(16, Duration.ofMillis(10), 1);

        assertThat(tempo.mayHold()).isGreaterThan(4000);
    }

    @Test
    void time_in_which_nothing_was_to_be_done_does_not_make_a_channel_slow() {
        done(16, Duration.ofMillis(100), 1);
        int before = tempo.mayHold();
        tempo.holds(0);
        pass(Duration.ofSeconds(50));
        done(16, Duration.ofMillis(100), 1);

        assertThat(tempo.mayHold()).isEqualTo(before);
    }

    @Test
    void what_was_known_before_a_long_pause_is_forgotten() {
        done(16, Duration.ofMillis(10), 1);
        tempo.holds(0);
        pass(Duration.ofSeconds(61));
        tempo.holds(1);

        assertThat(tempo.mayHold()).isEqualTo(2 * CONCURRENCY);
    }

    @Test
    void a_provider_that_becomes_slow_has_less_and_less_held() {
        done(1000, Duration.ofSeconds(1), 1);
        done(40, Duration.ofSeconds(1), 10);

        assertThat(tempo.mayHold()).isLessThan(50 * 15);
    }

    private void done(int attempts, Duration each, int times) {
        tempo.holds(attempts);
        for (int i = 0; i < times; i++) {
            pass(each);
            tempo.made(attempts);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
