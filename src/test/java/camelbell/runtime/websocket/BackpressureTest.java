package camelbell.runtime.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackpressureTest {

    private final Backpressure reader = new Backpressure(1000);

    @Test
    void a_full_reader_gets_nothing_until_half_has_drained() {
        assertThat(reader.hasCapacity(999, 0)).isTrue();
        assertThat(reader.hasCapacity(1000, 0)).isFalse();
        assertThat(reader.hasCapacity(501, 1)).isFalse();
        assertThat(reader.hasCapacity(500, 2)).isTrue();
        assertThat(reader.hasCapacity(999, 3)).isTrue();
    }

    @Test
    void a_reader_is_behind_from_when_it_was_full_until_half_has_drained() {
        assertThat(reader.behind(seconds(1))).isZero();
        reader.hasCapacity(1000, seconds(1));
        reader.hasCapacity(2000, seconds(2));
        assertThat(reader.behind(seconds(4))).isEqualTo(Duration.ofSeconds(3));

        reader.hasCapacity(0, seconds(4));
        assertThat(reader.behind(seconds(9))).isZero();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
