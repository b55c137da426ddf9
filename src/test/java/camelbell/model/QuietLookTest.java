package camelbell.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietLookTest {

    private static final long TICK = 100_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TICK); // nanoTime may wrap
    private final Wakeup come = new Wakeup();
    private final QuietLook look = new QuietLook(now::get, come);

    @Test
    void every_tick_looks_at_first_since_an_earlier_run_may_have_left_work() throws InterruptedException {
        assertThat(looks(QuietLook.BUSY / TICK - 1)).isEqualTo(QuietLook.BUSY / TICK - 1);
    }

    @Test
    void one_tick_in_a_second_looks_while_there_is_nothing() throws InterruptedException {
        looks(QuietLook.BUSY / TICK);

        assertThat(looks(100)).isEqualTo(10);
    }

    @Test
    void the_next_tick_looks_once_work_is_known_and_so_do_those_of_the_next_seconds() throws InterruptedException {
        looks(QuietLook.BUSY / TICK + 15);

        look.busy();

        assertThat(looks(QuietLook.BUSY / TICK - 1)).isEqualTo(QuietLook.BUSY / TICK - 1);
    }

    @Test
    void a_tick_that_waits_is_woken_by_work_and_by_the_end_after_which_it_need_not_look() throws InterruptedException {
        come.forget();
        look.busy();
        assertThat(come.await(1)).isTrue();
        assertThat(look.await()).isTrue();
        look.end();
        assertThat(come.hasEnded()).isTrue();
        assertThat(look.await()).isFalse();
    }

    private long looks(long ticks) throws InterruptedException {
        long due = 0;
        for (long i = 0; i < ticks; i++) {
            now.addAndGet(TICK);
            if (look.left() == 0) {
                look.await();
                due++;
            }
        }
        return due;
    }
}
