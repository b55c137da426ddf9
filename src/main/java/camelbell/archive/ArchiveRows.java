package camelbell.archive;

import camelbell.store.RowKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database knows of the files, and whose turn it is to make some. In the caller's transactions, also what only asks. */
final class ArchiveRows {

    /** How long nobody else archives after the last sign of whoever does; a transaction and the rest behind it are shorter. */
    private static final Duration TURN = Duration.ofMinutes(5);

    private static final String COLUMNS =
            """
            SELECT id, kind, month, part, file, begun, rows, bytes, sha256, walk_from, written_at, verified_at, dropped_at,
                restored_at
            FROM archive\s""";

    private final JdbcClient jdbc;

    ArchiveRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the turn, or keeps it; false while somebody else has it. */
    boolean take(String holder) {
        return jdbc.sql("UPDATE archive_turn SET holder = ?, until = now() + make_interval(secs => ?)"
                                + " WHERE holder = ? OR until < now()")
                        .params(holder, TURN.toSeconds(), holder)
                        .update()
                > 0;
    }

    void giveBack(String holder) {
        jdbc.sql("UPDATE archive_turn SET until = '-infinity' WHERE holder = ?")
                .param(holder)
                .update();
    }

    /** The hub that these files are of. */
    String hub() {
        return jdbc.sql("SELECT id FROM hub").query(String.class).single();
    }

    List<ArchivedFile> all() {
        return jdbc.sql(COLUMNS + "ORDER BY month, kind, part")
                .query(ArchiveRows::file)
                .list();
    }

    List<ArchivedFile> of(YearMonth month) {
        return jdbc.sql(COLUMNS + "WHERE month = ? ORDER BY kind, part")
                .param(month.atDay(1))
                .query(ArchiveRows::file)
                .list();
    }

    /** The file of a kind that was begun and whose rows have not all left. */
    Optional<ArchivedFile> unfinished(RowKind kind) {
        return jdbc.sql(COLUMNS + "WHERE kind = ? AND dropped_at IS NULL ORDER BY id LIMIT 1")
                .param(kind.code())
                .query(ArchiveRows::file)
                .optional();
    }

    Optional<ArchivedFile> by(long id) {
        return jdbc.sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(ArchiveRows::file)
                .optional();
    }

    /** Number of the first row of a kind that may still be in its table. Attempts of old notifications come all the time. */
    long walkFrom(RowKind kind) {
        return kind == RowKind.ATTEMPTS
                ? 0
                : jdbc.sql("SELECT walk_from FROM archive WHERE kind = ? ORDER BY id DESC LIMIT 1")
                        .param(kind.code())
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
    }

    int nextPart(RowKind kind, YearMonth month) {
        return jdbc.sql("SELECT coalesce(max(part), 0) + 1 FROM archive WHERE kind = ? AND month = ?")
                .params(kind.code(), month.atDay(1))
                .query(Integer.class)
                .single();
    }

    void written(RowKind kind, YearMonth month, int part, String begun, FileContent file, long walkFrom) {
        jdbc.sql(
                        """
                        INSERT INTO archive (kind, month, part, file, begun, rows, bytes, sha256, walk_from, written_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, now())
                        """)
                .params(
                        kind.code(),
                        month.atDay(1),
                        part,
                        ArchivedFile.name(month, kind, part),
                        begun,
                        file.rows(),
                        file.bytes(),
                        file.sha256(),
                        walkFrom)
                .update();
    }

    boolean verified(ArchivedFile file) {
        return jdbc.sql("UPDATE archive SET verified_at = coalesce(verified_at, now()) WHERE id = ?")
                        .param(file.id())
                        .update()
                > 0;
    }

    /** @param firstLeft number of the first of its rows that is still in the table; null: none is */
    void dropped(ArchivedFile file, @Nullable Long firstLeft) {
        jdbc.sql("UPDATE archive SET dropped_at = now(), walk_from = least(walk_from, ?::bigint) WHERE id = ?")
                .params(firstLeft, file.id())
                .update();
    }

    /** The next look goes through the table of the kind from that row on, since it is back. */
    void walkAgainFrom(RowKind kind, long number) {
        jdbc.sql("UPDATE archive SET walk_from = least(walk_from, ?) WHERE kind = ?")
                .params(number, kind.code())
                .update();
    }

    void restored(ArchivedFile file) {
        jdbc.sql("UPDATE archive SET restored_at = now() WHERE id = ?")
                .param(file.id())
                .update();
    }

    /** A file that has vanished before it was one. */
    boolean forget(ArchivedFile file) {
        return jdbc.sql("DELETE FROM archive WHERE id = ? AND verified_at IS NULL")
                        .param(file.id())
                        .update()
                > 0;
    }

    /** Which of the events have left, and for which file. */
    Map<Long, Long> archivedEvents(Collection<Long> events) {
        Map<Long, Long> archived = new HashMap<>();
        jdbc.sql("SELECT id, archived FROM ticket_event WHERE id = ANY(?) AND archived IS NOT NULL")
                .param(events.toArray(Long[]::new))
                .query(row -> {
                    archived.put(row.getLong("id"), row.getLong("archived"));
                });
        return archived;
    }

    private static ArchivedFile file(ResultSet row, int number) throws SQLException {
        return new ArchivedFile(
                row.getLong("id"),
                RowKind.of(row.getString("kind")),
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getInt("part"),
                row.getString("file"),
                row.getString("begun"),
                row.getLong("rows"),
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getLong("walk_from"),
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                time(row, "verified_at"),
                time(row, "dropped_at"),
                time(row, "restored_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
