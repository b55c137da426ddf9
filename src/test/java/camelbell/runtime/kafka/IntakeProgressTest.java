package camelbell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A route of two partitions, by offsets and a clock that the test sets. */
class IntakeProgressTest {

    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final TopicPartition FIRST = new TopicPartition("ticket-events", 0);
    private static final TopicPartition SECOND = new TopicPartition("ticket-events", 1);

    private final Map<TopicPartition, Long> next = new HashMap<>(Map.of(FIRST, 0L, SECOND, 0L));
    private final Map<TopicPartition, Long> ends = Map.of(FIRST, 100_000L, SECOND, 100_000L);
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:1"));
    private long now;
    private final IntakeProgress progress = new IntakeProgress(
            new Offsets(admin) {
                @Override
                Map<TopicPartition, Long> next(String group, Set<TopicPartition> partitions) {
                    return next;
                }

                @Override
                Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
                    return ends;
                }
            },
            () -> now);

    @AfterEach
    void close() {
        admin.close(Duration.ZERO);
    }

    /** Kafka's fetcher hands out what it has of one partition before it turns to the next one. */
    @Test
    void a_partition_that_waits_while_another_one_moves_does_not_stand_still() {
        for (int n = 0; n < 60; n++) {
            next.merge(FIRST, 500L, Long::sum);
            look();
            assertThat(progress.still(STALL, "")).isEmpty();
        }
    }

    @Test
    void a_partition_that_waits_while_another_one_moves_stands_still_when_a_failure_is_known() {
        for (int n = 0; n < 60; n++) {
            next.merge(FIRST, 500L, Long::sum);
            look();
        }
        assertThat(progress.still(STALL, "it hurts")).containsOnlyKeys("ticket-events/1");
        assertThat(progress.still(STALL, "").toString())
                .as("though a batch of the other one went through")
                .contains("ticket-events/1", "it hurts");
        next.put(SECOND, 1L);
        next.merge(FIRST, 500L, Long::sum);
        look();
        assertThat(progress.still(STALL, "")).isEmpty();
    }

    @Test
    void a_partition_that_waits_longer_than_any_backlog_explains_stands_still() {
        for (int n = 0; n < 160; n++) {
            next.merge(FIRST, 500L, Long::sum);
            look();
        }
        assertThat(progress.still(STALL, "")).containsOnlyKeys("ticket-events/1");
    }

    @Test
    void all_partitions_stand_still_once_none_has_moved_for_so_long() {
        look();
        next.put(FIRST, 500L);
        look();
        for (int n = 0; n < 14; n++) {
            look();
        }
        assertThat(progress.still(STALL, "")).isEmpty();
        look();
        assertThat(progress.still(STALL, "")).containsOnlyKeys("ticket-events/0", "ticket-events/1");
        next.put(SECOND, 500L);
        look();
        assertThat(progress.still(STALL, ""))
                .as("the other one has not moved yet")
                .containsOnlyKeys("ticket-events/0");
        next.put(FIRST, 501L);
        look();
        assertThat(progress.still(STALL, "")).isEmpty();
    }

    private void look() {
        now += LOOK.toNanos();
        progress.look("hub", Set.of(FIRST, SECOND), Map.of());
    }
}
