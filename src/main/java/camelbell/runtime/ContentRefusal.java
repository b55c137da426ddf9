package camelbell.runtime;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Tells a refusal from an outage. The database refuses content when the same statement with the same values will be
 * refused again, however often it is tried, and the values of other rows might not be: then the rows must be parted and the
 * one put aside. Everything else (no connection, a lock, a full disk, a mistake in the statement) is an outage of a kind:
 * all is tried again, nothing put aside.
 */
final class ContentRefusal {

    /** Cardinality, data, integrity constraint, program limit: the classes of SQLState that the values decide. */
    private static final Set<String> CONTENT = Set.of("21", "22", "23", "54");

    /** "The transaction is aborted" repeats that something was refused, not why; the driver adds the why as the cause. */
    private static final String ABORTED = "25P02";

    private ContentRefusal() {}

    /**
     * Whether the database refused the content. It did when a SQLState among the causes says so, and none says otherwise;
     * or, without any, when Spring or Hibernate found the violation before the database was asked.
     */
    static boolean of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        boolean content = false;
        boolean violation = false;
        while (!open.isEmpty()) {
            Throwable one = open.remove();
            if (!seen.add(one)) {
                continue;
            }
            if (one instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (saysWhy(state)) {
                    if (!CONTENT.contains(state.substring(0, 2))) {
                        return false;
                    }
                    content = true;
                }
                add(open, sql.getNextException());
            }
            violation |= one instanceof DataIntegrityViolationException;
            add(open, one.getCause());
        }
        return content || violation;
    }

    private static boolean saysWhy(@Nullable String state) {
        return state != null && state.length() == 5 && !state.equals(ABORTED);
    }

    private static void add(Deque<Throwable> open, @Nullable Throwable failure) {
        if (failure != null) {
            open.add(failure);
        }
    }
}
