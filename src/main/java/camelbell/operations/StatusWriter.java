package camelbell.operations;

import camelbell.model.StatusReport;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells producers what became of their events, in the caller's transaction. */
public interface StatusWriter {

    void put(JdbcClient jdbc, List<StatusReport> reports, Instant now);
}
