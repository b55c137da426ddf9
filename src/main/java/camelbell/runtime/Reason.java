package camelbell.runtime;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failure in a few words for a log line or for health: the class of what is at its root, and the SQLState. Its message only
 * where that speaks of connections and brokers: the others may quote titles and addresses.
 */
public final class Reason {

    private static final int LONGEST = 200;
    private static final int CLASS = 2;
    private static final Set<String> ABOUT_THE_SERVER = Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

    private Reason() {}

    public static String of(Throwable failure) {
        Throwable root = root(failure);
        String name = root.getClass().getSimpleName();
        SQLException sql = sql(failure);
        String state = sql == null ? null : sql.getSQLState();
        if (sql == null || state == null) {
            return speaksOfServers(root) ? shortened(name, root.getMessage()) : name;
        }
        String what = sql.getClass().getSimpleName() + " SQLState " + state;
        boolean open = state.length() > CLASS && ABOUT_THE_SERVER.contains(state.substring(0, CLASS));
        return open ? shortened(what, sql.getMessage()) : what;
    }

    /** The deepest one that has a state: a pool wraps what the driver said, and the driver what the socket said. */
    private static @Nullable SQLException sql(Throwable failure) {
        SQLException found = null;
        Throwable before = null;
        for (Throwable cause = failure; cause != null && cause != before; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql;
            }
            before = cause;
        }
        return found;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean speaksOfServers(Throwable root) {
        String name = root.getClass().getName();
        return name.startsWith("org.apache.kafka.") || name.startsWith("java.net.") || name.startsWith("java.sql.");
    }

    private static String shortened(String what, @Nullable String message) {
        String line =
                message == null ? "" : message.lines().findFirst().orElse("").strip();
        if (line.isEmpty()) {
            return what;
        }
        return what + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
    }
}
