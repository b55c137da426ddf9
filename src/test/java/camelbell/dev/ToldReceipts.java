package camelbell.dev;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the hub has been told of the newest messages, whatever came twice or out of order: the last step of each. */
final class ToldReceipts {

    private static final List<String> STEPS = List.of("", "delivered", "read", "failed");

    private final KeptLines kept;
    private final Map<String, String> byMessage;

    /** Of so many messages, beginning with what an earlier one kept in that file. */
    ToldReceipts(int keep, @Nullable Path file) {
        kept = new KeptLines(file, 2 * keep);
        byMessage = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > keep;
            }
        };
        kept.load().stream()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> remember(words[0], words[1]));
    }

    synchronized void add(String message, String status) {
        remember(message, status);
        kept.add(message + " " + status);
    }

    private void remember(String message, String status) {
        byMessage.merge(message, status, (one, other) -> STEPS.indexOf(one) > STEPS.indexOf(other) ? one : other);
    }

    synchronized String of(String message) {
        return byMessage.getOrDefault(message, "");
    }

    synchronized void clear() {
        byMessage.clear();
        kept.clear();
    }
}
