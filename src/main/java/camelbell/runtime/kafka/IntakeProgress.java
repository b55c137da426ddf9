package camelbell.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What stands still although there is more to read, by what the broker says: the group's committed offset of a partition that
 * this node reads, and the partition's end. An end that is no record (a transaction's marker) is none to wait for. While one
 * partition moves, the others wait for it, since Kafka's fetcher hands out what it has of one before it turns to the next; they
 * stand only when a failure is known, or after so long that nothing explains it. What was found to stand is so until it moves.
 */
final class IntakeProgress {

    /** Times the stall: no backlog keeps a partition waiting for so long. */
    private static final int LONGEST_TURN = 10;

    private final Offsets offsets;
    private final LongSupplier clock;
    private final Map<TopicPartition, Standing> standing = new HashMap<>();
    private final Map<TopicPartition, String> stands = new HashMap<>();
    private Map<TopicPartition, Long> committed = Map.of();
    private long movedAt;

    IntakeProgress(Offsets offsets) {
        this(offsets, System::nanoTime);
    }

    /** @param clock nanoseconds */
    IntakeProgress(Offsets offsets, LongSupplier clock) {
        this.offsets = offsets;
        this.clock = clock;
        this.movedAt = clock.getAsLong();
    }

    /** Since when a partition's offset is what it is, by the clock. */
    private record Standing(long offset, long end, long since) {

        Standing to(long newEnd) {
            return new Standing(offset, newEnd, since);
        }
    }

    /** Asks the broker. Errors: it does not answer; then what was found before still holds. */
    void look(String group, Set<TopicPartition> mine, Map<TopicPartition, Long> readTo) {
        if (mine.isEmpty()) {
            standing.clear();
            stands.clear();
            committed = Map.of();
            return;
        }
        Map<TopicPartition, Long> next = offsets.next(group, mine);
        Map<TopicPartition, Long> ends = offsets.ends(mine);
        long looked = clock.getAsLong();
        if (committed.entrySet().stream().anyMatch(before -> moved(before, next.get(before.getKey())))) {
            movedAt = looked;
        }
        committed = Map.copyOf(next);
        Set<TopicPartition> gone = new HashSet<>(standing.keySet());
        mine.forEach(partition -> {
            long end = ends.getOrDefault(partition, 0L);
            long offset = next.getOrDefault(partition, end);
            boolean allRead = offset >= end || readTo.getOrDefault(partition, 0L) >= end;
            if (!allRead) {
                gone.remove(partition);
                standing.merge(partition, new Standing(offset, end, looked), (before, now) -> {
                    if (before.offset == now.offset) {
                        return before.to(end);
                    }
                    stands.remove(partition);
                    return now;
                });
            }
        });
        standing.keySet().removeIf(gone::contains);
        stands.keySet().retainAll(standing.keySet());
    }

    /** Offsets that the group has not committed yet, of the partitions that this node reads; a marker counts as one. */
    long behind() {
        return standing.values().stream().mapToLong(one -> one.end - one.offset).sum();
    }

    private static boolean moved(Map.Entry<TopicPartition, Long> before, @Nullable Long after) {
        return after != null && !after.equals(before.getValue());
    }

    /** What has stood still for so long, by partition, as {@code topic/3}. */
    Map<String, Object> still(Duration longerThan, @Nullable String reason) {
        Map<String, Object> found = new TreeMap<>();
        long now = clock.getAsLong();
        boolean known = reason != null && !reason.isEmpty();
        boolean noneMoves = now - movedAt >= longerThan.toNanos();
        standing.forEach((partition, one) -> {
            Duration stood = Duration.ofNanos(now - one.since);
            boolean isTurnOver = stood.compareTo(longerThan.multipliedBy(LONGEST_TURN)) >= 0;
            if (stood.compareTo(longerThan) >= 0 && (known || noneMoves || isTurnOver)) {
                stands.merge(
                        partition,
                        known && reason != null ? reason : "no failure was seen",
                        (before, newer) -> known ? newer : before);
            }
            String why = stands.get(partition);
            if (why != null) {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put("offset", one.offset);
                detail.put("behind", one.end - one.offset);
                detail.put("seconds", stood.toSeconds());
                detail.put("reason", why);
                found.put(partition.topic() + "/" + partition.partition(), detail);
            }
        });
        return found;
    }
}
