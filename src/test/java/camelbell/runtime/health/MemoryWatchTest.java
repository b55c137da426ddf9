package camelbell.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {

    private static final HealthProperties AT_ONCE = Settings.health(Duration.ofMillis(200));

    private final AtomicInteger inUse = new AtomicInteger();
    private final MemoryWatch memory = new MemoryWatch(AT_ONCE, inUse::get);

    @Test
    void memory_that_stays_full_does_not_come_back() {
        assertThat(memory.problem()).isNull();
        inUse.set(97);
        assertThat(memory.problem()).as("at first").isNull();
        await().until(() -> memory.problem() != null);
        assertThat(memory.problem()).contains("97 %", "-Xmx");
    }

    @Test
    void memory_that_was_full_for_a_moment_is_well() {
        inUse.set(97);
        assertThat(memory.problem()).isNull();
        inUse.set(60);
        assertThat(memory.problem()).isNull();
        assertThat(memory.isFull()).isFalse();
    }

    @Test
    void an_error_that_somebody_has_caught_is_found_behind_what_wraps_it() {
        memory.look(new IllegalStateException(new RuntimeException(new OutOfMemoryError("Java heap space"))));
        assertThat(memory.problem()).as("it may come back").isNull();
        assertThat(memory.isFull()).isTrue();
        await().until(() -> memory.problem() != null);
        assertThat(memory.problem()).contains("OutOfMemoryErrors");
    }

    @Test
    void a_budget_that_is_not_the_heap_is_no_reason_to_end() {
        memory.look(new OutOfMemoryError("Cannot reserve 16 bytes of direct buffer memory"));
        memory.look(new OutOfMemoryError());
        memory.look(null);
        assertThat(memory.problem()).isNull();
        assertThat(memory.isFull()).isFalse();
    }
}
