package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackpressureTest {

    private final Backpressure reader = new Backpressure(1000, Duration.ofSeconds(3));

    @Test
    void a_full_reader_gets_nothing_until_half_has_drained() {
        assertThat(reader.hasRoom(999, 0)).isTrue();
        assertThat(reader.hasRoom(1000, 0)).isFalse();
        assertThat(reader.hasRoom(501, 1)).isFalse();
        assertThat(reader.hasRoom(500, 2)).isTrue();
        assertThat(reader.hasRoom(999, 3)).isTrue();
    }

    @Test
    void a_reader_that_stays_full_is_too_slow_after_the_grace_and_one_that_drains_is_not() {
        reader.hasRoom(1000, 0);
        assertThat(reader.tooSlow(seconds(3))).isFalse();
        assertThat(reader.tooSlow(seconds(3) + 1)).isTrue();

        reader.hasRoom(0, seconds(4));
        assertThat(reader.tooSlow(seconds(9))).isFalse();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
