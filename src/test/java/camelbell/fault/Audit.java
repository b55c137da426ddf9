package camelbell.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the records say after a fault.
 *
 * @param events valid ones that were posted
 * @param lost events, notifications and messages that are nowhere
 * @param duplicates copies beyond the first, by channel
 * @param broken every invariant that does not hold, in words; a few examples of each
 */
record Audit(long events, long lost, Map<String, Long> duplicates, List<String> broken) {

    Audit {
        duplicates = new TreeMap<>(duplicates);
    }

    long duplicates(String channel) {
        return duplicates.getOrDefault(channel, 0L);
    }
}
