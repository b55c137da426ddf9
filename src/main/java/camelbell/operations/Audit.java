package camelbell.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of what operators ordered, written in the order's own transaction. */
final class Audit {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void note(Instant at, String who, String action, Map<String, String> filter, long count) {
        try {
            jdbc.sql("INSERT INTO audit (at, who, action, filter, count) VALUES (?, ?, ?, ?::jsonb, ?)")
                    .params(DeliveryFilter.utc(at), who, action, JSON.writeValueAsString(filter), count)
                    .update();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }
}
