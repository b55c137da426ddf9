package camelbell.identity;

import camelbell.model.IncomingRecord;
import camelbell.model.UsersApplied;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far the directory has followed the users topic, kept in the transactions that change the directory. */
@Component
class DirectoryProgress implements UsersApplied {

    private static final String NEVER_BACK = "greatest(directory_progress.next_offset, excluded.next_offset)";

    private final JdbcClient jdbc;

    DirectoryProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void advance(List<IncomingRecord> records) {
        advance(records, "excluded.next_offset"); // also back, where the topic was made anew
    }

    /** Whether nothing of these, which are of one topic, has been applied before. */
    boolean isNew(List<IncomingRecord> records) {
        Map<Integer, Long> applied = of(records.get(0).topic());
        return records.stream().allMatch(record -> record.offset() >= applied.getOrDefault(record.partition(), 0L));
    }

    /** For records that were passed over after others behind them were applied: never back. */
    void passOver(List<IncomingRecord> records) {
        advance(records, NEVER_BACK);
    }

    private void advance(List<IncomingRecord> records, String to) {
        Map<Integer, Long> next = new HashMap<>();
        records.forEach(record -> next.merge(record.partition(), record.offset() + 1, Math::max));
        write(records.get(0).topic(), next, to);
    }

    @Override
    @Transactional
    public void readTo(String topic, Map<Integer, Long> next) {
        write(topic, next, NEVER_BACK);
    }

    private void write(String topic, Map<Integer, Long> next, String to) {
        next.forEach((partition, offset) -> jdbc.sql("INSERT INTO directory_progress (topic, partition, next_offset)"
                        + " VALUES (?, ?, ?) ON CONFLICT (topic, partition) DO UPDATE SET next_offset = " + to)
                .params(topic, partition, offset)
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
