package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacesTest {

    private static final long ANN = 1;
    private static final long BOB = 2;

    private final HandClock clock = new HandClock();

    @Test
    void a_channel_that_is_always_paced_gives_its_burst_and_then_its_rate() {
        ChannelPace pace = new ChannelPace(new RatePolicy(Duration.ofMillis(100), 20, true), clock);
        assertThat(pace.take(1000)).isEqualTo(20);
        assertThat(pace.take(1000)).isZero();
        clock.pass(Duration.ofSeconds(1));
        assertThat(pace.take(1000)).isEqualTo(10);
        pace.giveBack(4);
        assertThat(pace.take(1000)).isEqualTo(4);
    }

    @Test
    void a_content_provider_is_not_held_up_and_one_that_wants_less_gets_less_until_it_is_content_again() {
        ChannelPace pace = new ChannelPace(new RatePolicy(Duration.ofMillis(100), 20, false), clock);
        assertThat(pace.take(1000)).isEqualTo(1000);

        assertThat(pace.slow(null)).isTrue();
        assertThat(pace.take(1000)).isZero();
        clock.pass(ChannelPace.PAUSE);
        assertThat(pace.take(1000)).as("a second at 10/s").isEqualTo(10);
        assertThat(pace.slow(null)).isTrue();
        assertThat(pace.slow(null)).as("an answer to what was under way").isFalse();
        clock.pass(ChannelPace.PAUSE);
        assertThat(pace.take(1000)).as("a second at 5/s").isEqualTo(5);
        clock.pass(ChannelPace.QUIET);
        assertThat(pace.take(1000)).as("the burst").isEqualTo(20);
        clock.pass(Duration.ofSeconds(1));
        assertThat(pace.take(1000)).as("10/s again").isEqualTo(10);
        clock.pass(ChannelPace.QUIET);
        assertThat(pace.take(1000)).isEqualTo(1000);
    }

    @Test
    void a_provider_that_says_for_how_long_is_left_alone_so_long() {
        ChannelPace pace = new ChannelPace(null, clock);
        assertThat(pace.slow(Duration.ofSeconds(15))).isTrue();
        clock.pass(Duration.ofSeconds(14));
        assertThat(pace.take(1)).isZero();
        assertThat(pace.pause()).isEqualTo(Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(1));
        assertThat(pace.take(1000)).isEqualTo(1000);
    }

    @Test
    void a_person_gets_the_burst_and_who_waits_comes_back_one_by_one() {
        RecipientPace pace = new RecipientPace(new RatePolicy(Duration.ofSeconds(6), 5, true), clock);
        assertThat(enter(pace, 8)).containsExactly(0L, 0L, 0L, 0L, 0L, 6L, 12L, 18L);
        assertThat(pace.waitFor(BOB)).isZero();

        clock.pass(Duration.ofSeconds(6));
        assertThat(pace.waitFor(ANN)).isZero();
        clock.pass(Duration.ofSeconds(6));
        assertThat(pace.waitFor(ANN)).isZero();
        assertThat(enter(pace, 1)).as("behind who waits already").containsExactly(12L);
    }

    @Test
    void only_whom_the_provider_wants_spared_is_paced_and_everybody_else_goes_on() {
        RecipientPace pace = new RecipientPace(new RatePolicy(Duration.ofSeconds(6), 5, false), clock);
        assertThat(enter(pace, 100)).containsOnly(0L);

        pace.hold(ANN, Duration.ofSeconds(10));
        assertThat(enter(pace, 3)).containsExactly(16L, 22L, 28L);
        assertThat(pace.waitFor(BOB)).isZero();
        clock.pass(Duration.ofSeconds(10));
        assertThat(pace.waitFor(ANN)).as("the message that was refused").isZero();
    }

    @Test
    void without_a_rate_whom_the_provider_wants_spared_is_left_alone_only_for_the_while() {
        RecipientPace pace = new RecipientPace(null, clock);
        pace.hold(ANN, Duration.ofSeconds(10));
        assertThat(enter(pace, 2)).containsExactly(10L, 10L);
        clock.pass(Duration.ofSeconds(10));
        assertThat(enter(pace, 2)).containsOnly(0L);
    }

    /** The seconds that each has to wait. */
    private static List<Long> enter(RecipientPace pace, int messages) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            waits.add(pace.waitFor(ANN).toSeconds());
        }
        return waits;
    }

    private static final class HandClock implements TimeMeter {
        private long nanos = 1;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
