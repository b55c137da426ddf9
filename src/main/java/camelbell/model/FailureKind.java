package camelbell.model;

/** What a failure of the database is about, which decides what to try next. */
public enum FailureKind {

    /** The values: they are refused again, however often they are tried; others might not be. */
    CONTENT,

    /** Another session was in the way: a row was locked for too long, a statement took too long, or two waited in a circle. */
    CONTENTION,

    /** Anything else: no connection, no right, a full disk, a mistake of ours. */
    OUTAGE
}
