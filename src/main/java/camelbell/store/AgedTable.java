package camelbell.store;

import camelbell.store.AgedRow.RowPlace;
import java.time.Instant;
import java.util.List;

/**
 * One table whose rows leave for files. PostgreSQL itself writes and reads them as JSON, by the names of their columns, so
 * that no column can be forgotten. In the caller's transaction, whose times are in UTC.
 */
interface AgedTable {

    /**
     * The next rows, in the order of their places.
     *
     * @param before whoever knows without reading them leaves out those that are not older than this
     */
    List<AgedRow> page(RowPlace after, Instant before, int most);

    /** The numbers of those rows that are what their lines say, and that nothing needs. */
    List<Long> unchanged(RowLines lines);

    /** Takes out what is {@link #unchanged}, but for what somebody has locked. */
    void take(RowLines lines, long archive);

    /** The numbers of those that are still there, whatever they say now. */
    List<Long> present(RowLines lines);

    /** Puts rows back that are not there, and answers how many. */
    int putBack(RowLines lines);
}
