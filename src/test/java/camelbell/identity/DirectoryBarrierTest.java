package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.model.IncomingRecord;
import camelbell.model.UsersTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DirectoryBarrierTest {

    private static final Duration SOON = Duration.ofSeconds(40);

    private final DirectoryProgress progress = new DirectoryProgress(JdbcClient.create(Stack.migratedDatabase()));
    private final AtomicLong end = new AtomicLong();
    private final UnchangedOffsets quiet = new UnchangedOffsets();

    @Test
    void events_wait_no_longer_than_the_patience_in_all_however_steadily_the_directory_comes_on() {
        end.set(1_000_000);
        DirectoryBarrier barrier = barrier(Duration.ofMillis(300));
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> catchUp(barrier));
        for (long applied = 0; !events.isDone() && applied < 10_000; applied++) {
            progress.advance(List.of(record(applied)));
        }
        assertThat(events).succeedsWithin(Duration.ofSeconds(1));
    }

    @Test
    void only_the_first_events_wait_for_a_directory_that_stands_and_the_next_ones_again_once_it_has_caught_up()
            throws Exception {
        DirectoryBarrier barrier = barrier(Duration.ofSeconds(2));
        long begun = System.nanoTime();
        for (long posted = 1; posted <= 10; posted++) {
            end.set(posted);
            barrier.catchUp();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("ten batches, each behind another user")
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        progress.advance(List.of(record(9)));
        end.set(11);
        CompletableFuture<Void> events = CompletableFuture.runAsync(() -> catchUp(barrier));
        assertThat(events).as("behind anew").isNotDone();
        progress.advance(List.of(record(10)));
        assertThat(events).succeedsWithin(SOON);
    }

    @Test
    void when_the_directory_has_caught_up_the_next_wait_is_a_new_one() {
        DirectoryBarrier barrier = barrier(Duration.ofSeconds(20));
        for (long posted = 1; posted < 4; posted++) {
            end.set(posted);
            CompletableFuture<Void> events = CompletableFuture.runAsync(() -> catchUp(barrier));
            progress.advance(List.of(record(posted - 1)));
            assertThat(events).succeedsWithin(SOON);
        }
    }

    @Test
    void a_batch_that_changed_nobody_is_known_by_its_places() {
        quiet.applied(List.of(record(0), record(1)), true);
        quiet.applied(List.of(record(2)), true);
        assertThat(quiet.cover(Map.of(), Map.of(0, 3L))).isTrue();
        assertThat(quiet.cover(Map.of(0, 2L), Map.of(0, 3L))).isTrue();
        assertThat(quiet.cover(Map.of(), Map.of(0, 3L, 1, 1L))).isFalse();
        quiet.applied(List.of(record(3)), false);
        assertThat(quiet.cover(Map.of(0, 3L), Map.of(0, 4L))).isFalse();
        quiet.applied(List.of(record(5)), true);
        assertThat(quiet.cover(Map.of(0, 4L), Map.of(0, 6L))).isFalse();
        assertThat(quiet.cover(Map.of(0, 6L), Map.of(0, 6L))).isTrue();
    }

    @Test
    void nothing_is_known_of_a_topic_that_was_made_anew() {
        quiet.applied(List.of(record(5), record(6), record(7)), true);
        assertThat(quiet.cover(Map.of(0, 8L), Map.of(0, 6L))).as("back").isFalse();
        assertThat(quiet.cover(Map.of(0, 6L), Map.of(0, 8L)))
                .as("forward again")
                .isFalse();
        quiet.applied(List.of(record(8)), true);
        assertThat(quiet.cover(Map.of(0, 8L, 1, 1L), Map.of(0, 9L)))
                .as("a partition less")
                .isFalse();
    }

    private DirectoryBarrier barrier(Duration patience) {
        DirectoryProperties properties = new DirectoryProperties(Duration.ofSeconds(2), patience);
        JdbcClient jdbc = JdbcClient.create(Stack.migratedDatabase());
        UsersTopic topic = new UsersTopic() {
            @Override
            public String name() {
                return "users";
            }

            @Override
            public Map<Integer, Long> endOffsets() {
                return Map.of(0, end.get());
            }
        };
        return new DirectoryBarrier(
                topic,
                progress,
                properties,
                new CachedDirectory(new PersonRows(jdbc), progress, quiet, properties, "users"),
                quiet);
    }

    private static void catchUp(DirectoryBarrier barrier) {
        try {
            barrier.catchUp();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static IncomingRecord record(long offset) {
        return new IncomingRecord("users", 0, offset, 0, Instant.EPOCH, null, null, Map.of());
    }
}
