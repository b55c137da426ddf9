package camelbell.dev;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reached the double: all of it counted, the newest kept. */
public final class ReceivedMessages {

    private final int keep;
    private final KeptLines kept;
    private final Deque<Received> newestFirst = new ArrayDeque<>();
    private final DistinctIds callbackData = new DistinctIds();
    private long requests;
    private long accepted;
    private long duplicates;

    ReceivedMessages(int keep) {
        this(keep, null);
    }

    /** Beginning with what an earlier one kept in that file; only that is counted. */
    ReceivedMessages(int keep, @Nullable Path file) {
        this.keep = keep;
        this.kept = new KeptLines(file, keep);
        for (String line : kept.load()) {
            JsonObject one = new JsonObject(line);
            remember(Received.of(one), one.getString("callback"));
        }
    }

    synchronized void add(Received received, @Nullable String callback) {
        remember(received, callback);
        kept.add(received.toJson().put("callback", callback).encode());
    }

    private void remember(Received received, @Nullable String callback) {
        requests++;
        newestFirst.addFirst(received);
        if (newestFirst.size() > keep) {
            newestFirst.removeLast();
        }
        if (received.accepted()) {
            accepted++;
            duplicates += callback != null && !callbackData.add(callback) ? 1 : 0;
        }
    }

    synchronized List<Received> newest(int limit) {
        return newestFirst.stream().limit(Math.max(0, limit)).toList();
    }

    synchronized Counts counts() {
        return new Counts(requests, accepted, callbackData.size(), duplicates);
    }

    synchronized void clear() {
        requests = 0;
        accepted = 0;
        duplicates = 0;
        newestFirst.clear();
        callbackData.clear();
        kept.clear();
    }

    /**
     * One request.
     *
     * @param status what it was answered with; 0 for no answer
     * @param accepted true when the message counts as taken, which the hub may never have heard
     * @param body null when that was no JSON object
     */
    public record Received(String at, int status, boolean accepted, @Nullable String id, @Nullable JsonObject body) {

        private static Received of(JsonObject json) {
            return new Received(
                    json.getString("at"),
                    json.getInteger("status"),
                    json.getBoolean("accepted"),
                    json.getString("id"),
                    json.getJsonObject("body"));
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("at", at)
                    .put("status", status)
                    .put("accepted", accepted)
                    .put("id", id)
                    .put("body", body);
        }
    }

    /** Since the start or the last reset; {@code duplicates} are accepted messages whose callback data came before. */
    public record Counts(long requests, long accepted, long distinctCallbackData, long duplicates) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("requests", requests)
                    .put("accepted", accepted)
                    .put("distinct_callback_data", distinctCallbackData)
                    .put("duplicates", duplicates);
        }
    }
}
