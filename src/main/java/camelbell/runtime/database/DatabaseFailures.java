package camelbell.runtime.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.stereotype.Component;

/**
 * Failures of the database by their SQLState, as Spring tells them apart, and what camelbell.database's time-outs end:
 * Spring has no word for those, and what has none is a fault of the hub to every error handler. They pass by themselves.
 */
@Component
class DatabaseFailures extends SQLExceptionSubclassTranslator {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String IDLE_IN_TRANSACTION = "25P03";

    DatabaseFailures() {
        SQLExceptionTranslator cut = DatabaseFailures::cut;
        setCustomTranslator(cut);
    }

    private static @Nullable DataAccessException cut(String task, @Nullable String sql, SQLException failure) {
        String state = failure.getSQLState();
        if (LOCK_NOT_AVAILABLE.equals(state)) {
            return new CannotAcquireLockException(task + ": another session's lock was not let go in time", failure);
        }
        return QUERY_CANCELED.equals(state) || IDLE_IN_TRANSACTION.equals(state)
                ? new QueryTimeoutException(task + ": the database ended what took too long", failure)
                : null;
    }
}
