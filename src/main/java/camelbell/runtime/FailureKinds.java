package camelbell.runtime;

import camelbell.model.FailureKind;
import java.sql.SQLException;
import java.util.Set;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/** Reads what the database says of a failure: its SQLState (PostgreSQL, appendix A). */
@Component("failureKinds")
class FailureKinds {

    /** No lock in time. */
    static final String LOCKED = "55P03";

    /** That, a statement that took too long, a deadlock, and a serialization failure. */
    private static final Set<String> CONTENTION = Set.of(LOCKED, "57014", "40P01", "40001");

    /** For routes. */
    public FailureKind kind(Throwable failure) {
        if (ContentRefusal.of(failure)) {
            return FailureKind.CONTENT;
        }
        return CONTENTION.contains(sqlState(failure)) ? FailureKind.CONTENTION : FailureKind.OUTAGE;
    }

    /** The first one among the causes, or "unknown". */
    static String sqlState(Throwable failure) {
        for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState();
            }
        }
        return "unknown";
    }
}
