package camelbell.bench.endtoend;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down what the loop has sent: up to fifty at once, in one transaction of one UPDATE and one DELETE. */
final class Outcomes {

    static final int AT_ONCE = 50;
    private static final int WAIT = 20; // milliseconds, for those that make it full

    private final BlockingQueue<Sent> sent = new ArrayBlockingQueue<>(10_000);
    private final Connection db;

    private record Sent(long id, String provider) {}

    Outcomes(Connection db) {
        this.db = db;
    }

    void sent(long id, String provider) throws InterruptedException {
        sent.put(new Sent(id, provider));
    }

    /** For ever. */
    void write() throws SQLException, InterruptedException {
        try (PreparedStatement settle = db.prepareStatement(
                        """
                        UPDATE notification_log l SET status = 'SENT', provider_id = u.provider, sent_at = now()
                        FROM unnest(?::bigint[], ?::text[]) AS u (id, provider) WHERE l.id = u.id
                        """);
                PreparedStatement done = db.prepareStatement("DELETE FROM delivery WHERE notification_id = ANY(?)")) {
            while (true) {
                List<Sent> batch = batch();
                Long[] ids = batch.stream().map(Sent::id).toArray(Long[]::new);
                settle.setArray(1, db.createArrayOf("bigint", ids));
                settle.setArray(
                        2,
                        db.createArrayOf(
                                "text", batch.stream().map(Sent::provider).toArray(String[]::new)));
                settle.executeUpdate();
                done.setArray(1, db.createArrayOf("bigint", ids));
                done.executeUpdate();
                db.commit();
            }
        }
    }

    private List<Sent> batch() throws InterruptedException {
        List<Sent> batch = new ArrayList<>(AT_ONCE);
        batch.add(sent.take());
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT);
        while (batch.size() < AT_ONCE) {
            @Nullable Sent next = sent.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return batch;
            }
            batch.add(next);
        }
        return batch;
    }
}
