package camelbell.identity;

import camelbell.model.IncomingRecord;
import camelbell.model.UsersApplied;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the directory has followed the users topic, kept in the transactions that change the directory. */
@Component
class DirectoryProgress implements UsersApplied {

    private final JdbcClient jdbc;

    DirectoryProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void advance(List<IncomingRecord> records) {
        advance(records, "excluded.next_offset"); // also back, where the topic was made anew
    }

    /** For records that were passed over after others behind them were applied: never back. */
    void passOver(List<IncomingRecord> records) {
        advance(records, "greatest(directory_progress.next_offset, excluded.next_offset)");
    }

    private void advance(List<IncomingRecord> records, String to) {
        Map<Integer, Long> next = new HashMap<>();
        records.forEach(record -> next.merge(record.partition(), record.offset() + 1, Math::max));
        next.forEach((partition, offset) -> jdbc.sql("INSERT INTO directory_progress (topic, partition, next_offset)"
                        + " VALUES (?, ?, ?) ON CONFLICT (topic, partition) DO UPDATE SET next_offset = " + to)
                .params(records.get(0).topic(), partition, offset)
                .update());
    }

    @Override
    public Map<Integer, Long> of(String topic) {
        Map<Integer, Long> next = new HashMap<>();
        jdbc.sql("SELECT partition, next_offset FROM directory_progress WHERE topic = ?")
                .param(topic)
                .query(row -> {
                    next.put(row.getInt("partition"), row.getLong("next_offset"));
                });
        return next;
    }
}
