package camelbell.store;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Row numbers from a PostgreSQL sequence that counts in hundreds: one query for a whole batch. */
@Component
class NumberBlocks {

    private static final int BLOCK = 100; // INCREMENT BY of the sequences, V1 migration

    private final JdbcClient jdbc;

    NumberBlocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At least {@code count} ascending numbers that nobody else gets. */
    PrimitiveIterator.OfLong take(String sequence, int count) {
        int blocks = (count + BLOCK - 1) / BLOCK;
        List<Long> starts = jdbc.sql("SELECT nextval(?::regclass) FROM generate_series(1, ?) ORDER BY 1")
                .params(sequence, blocks)
                .query(Long.class)
                .list();
        return starts.stream()
                .flatMapToLong(start -> LongStream.range(start, start + BLOCK))
                .iterator();
    }
}
