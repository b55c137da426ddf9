package camelbell.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What stands still although there is more to read, by what the broker says: the group's committed offset of a partition that
 * this node reads, and the partition's end. An end that is no record (a transaction's marker) is none to wait for.
 */
final class IntakeProgress {

    private final Offsets offsets;
    private final Map<TopicPartition, Standing> standing = new HashMap<>();

    IntakeProgress(Offsets offsets) {
        this.offsets = offsets;
    }

    /** Since when a partition's offset is what it is; {@link System#nanoTime}. */
    private record Standing(long offset, long end, long since) {

        Standing to(long newEnd) {
            return new Standing(offset, newEnd, since);
        }
    }

    /** Asks the broker. Errors: it does not answer; then what was found before still holds. */
    void look(String group, Set<TopicPartition> mine, Map<TopicPartition, Long> readTo) {
        if (mine.isEmpty()) {
            standing.clear();
            return;
        }
        Map<TopicPartition, Long> next = offsets.next(group, mine);
        Map<TopicPartition, Long> ends = offsets.ends(mine);
        Set<TopicPartition> gone = new HashSet<>(standing.keySet());
        mine.forEach(partition -> {
            long end = ends.getOrDefault(partition, 0L);
            long offset = next.getOrDefault(partition, end);
            boolean allRead = offset >= end || readTo.getOrDefault(partition, 0L) >= end;
            if (!allRead) {
                gone.remove(partition);
                standing.merge(
                        partition,
                        new Standing(offset, end, System.nanoTime()),
                        (before, now) -> before.offset == now.offset ? before.to(end) : now);
            }
        });
        standing.keySet().removeIf(gone::contains);
    }

    /** What has stood still for so long, by partition, as {@code topic/3}. */
    Map<String, Object> still(Duration longerThan, @Nullable String reason) {
        Map<String, Object> found = new TreeMap<>();
        long now = System.nanoTime();
        standing.forEach((partition, one) -> {
            Duration stood = Duration.ofNanos(now - one.since);
            if (stood.compareTo(longerThan) >= 0) {
                Map<String, Object> detail = new LinkedHashMap<>();
                detail.put("offset", one.offset);
                detail.put("behind", one.end - one.offset);
                detail.put("seconds", stood.toSeconds());
                detail.put("reason", reason == null || reason.isEmpty() ? "no failure was seen" : reason);
                found.put(partition.topic() + "/" + partition.partition(), detail);
            }
        });
        return found;
    }
}
