package camelbell.store;

import java.time.Instant;

/**
 * A row on its way to a file.
 *
 * @param place where it stands among the rows of its kind
 * @param time by which it is old
 * @param done whether it may leave: nothing is to be done with it any more, and nothing needs it
 * @param line the row as JSON, by the names of its columns, times in UTC
 */
public record AgedRow(RowPlace place, Instant time, boolean done, String line) {

    /**
     * Where it stands among the rows of its kind.
     *
     * @param at tells rows of the same number apart; for attempts only
     */
    public record RowPlace(long number, Instant at) {

        /** Behind all rows with smaller numbers than that one. */
        public static RowPlace from(long number) {
            return new RowPlace(number - 1, Instant.parse("9999-01-01T00:00:00Z"));
        }
    }
}
