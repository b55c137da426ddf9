package camelbell.store;

import java.util.Locale;

/** What leaves for files when it is old, in the order it does: an event only when no notification of it is left. */
public enum RowKind {
    /** How attempts ended that did not succeed at once, by when they did. */
    ATTEMPTS,
    /** The notification log, by when a notification was recorded. */
    NOTIFICATIONS,
    /** Accepted events with their plans, by when they were received. Who sent them, and under which id, stays. */
    EVENTS;

    /** As it stands in file names and tables. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The opposite of {@link #code}. */
    public static RowKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
