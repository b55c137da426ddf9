package camelbell.archive;

import camelbell.store.RowKind;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * One file, and how far its rows have come.
 *
 * @param id its number, which events that left for it carry
 * @param part from 1; a further one has what had to stay, or changed, while the one before was made
 * @param file below the folder, such as {@code 2026-01/notifications.ndjson.zst}
 * @param begun the name that it has until its rows have left
 * @param bytes as it lies there, compressed
 * @param sha256 of these bytes, in hexadecimal
 * @param walkFrom number of the first row of the kind that stayed in its table
 * @param written when it was
 * @param verified when it was read back whole; null: not yet
 * @param dropped when the last of its rows had left the table; null: not all have
 * @param restored when an operator put its rows back; null: never
 */
public record ArchivedFile(
        long id,
        RowKind kind,
        YearMonth month,
        int part,
        String file,
        String begun,
        long rows,
        long bytes,
        String sha256,
        long walkFrom,
        Instant written,
        @Nullable Instant verified,
        @Nullable Instant dropped,
        @Nullable Instant restored) {

    /** As operators see it: how far it has come. */
    public String state() {
        if (restored != null) {
            return "restored";
        } else if (dropped != null) {
            return "archived";
        }
        return verified == null ? "written" : "verified";
    }

    static String name(YearMonth month, RowKind kind, int part) {
        return month + "/" + kind.code() + (part == 1 ? "" : "-" + part) + ".ndjson.zst";
    }
}
