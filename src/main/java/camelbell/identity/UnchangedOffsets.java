package camelbell.identity;

import camelbell.model.IncomingRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Up to where this node has applied user records that changed nobody, by partition and without a gap: a directory that is
 * posted once more. What is remembered of people is still true then, and need not be dropped.
 */
@Component
class UnchangedOffsets {

    private final Map<Integer, OffsetRange> ranges = new HashMap<>();

    private record OffsetRange(long from, long next) {}

    /** These were applied and committed here. */
    synchronized void applied(List<IncomingRecord> records, boolean changedNobody) {
        Map<Integer, OffsetRange> batch = new HashMap<>();
        for (IncomingRecord record : records) {
            batch.merge(
                    record.partition(),
                    new OffsetRange(record.offset(), record.offset() + 1),
                    (one, other) -> new OffsetRange(one.from, other.next));
        }
        batch.forEach((partition, added) -> {
            if (changedNobody) {
                ranges.merge(
                        partition,
                        added,
                        (before, after) ->
                                before.next == after.from ? new OffsetRange(before.from, after.next) : after);
            } else {
                ranges.remove(partition);
            }
        });
    }

    /** Whether nobody has changed between these places of the topic. */
    synchronized boolean cover(Map<Integer, Long> before, Map<Integer, Long> now) {
        Set<Integer> back = new HashSet<>(before.keySet());
        back.removeIf(partition -> now.getOrDefault(partition, -1L) >= before.getOrDefault(partition, 0L));
        ranges.keySet().removeAll(back); // the topic was made anew, so they are of another one
        return back.isEmpty()
                && now.entrySet().stream().allMatch(end -> {
                    long from = before.getOrDefault(end.getKey(), 0L);
                    OffsetRange quiet = ranges.get(end.getKey());
                    return end.getValue() == from
                            || (quiet != null && quiet.from <= from && quiet.next >= end.getValue());
                });
    }
}
