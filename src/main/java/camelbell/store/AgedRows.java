package camelbell.store;

import camelbell.store.AgedRow.RowPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows that leave for files when they are old: read page by page, taken out, put back. A row is taken out only while it is
 * exactly what the file says. All in the caller's transactions.
 */
@Component
public class AgedRows {

    /** Times as the files have them, whatever the zone of this process is. */
    private static final String IN_UTC = "SELECT set_config('TimeZone', 'UTC', true)";

    private final JdbcClient jdbc;
    private final NotificationRemoval removal;
    private final RetentionProperties properties;
    private final Clock clock;

    @Autowired
    AgedRows(JdbcClient jdbc, NotificationRemoval removal, RetentionProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.removal = removal;
        this.properties = properties;
        this.clock = clock;
    }

    /** For a command, which has the hub's configuration and no beans. */
    public static AgedRows of(JdbcClient jdbc, Environment configuration, Clock clock) {
        return new AgedRows(
                jdbc,
                new NotificationRemoval(jdbc, new InboxCounters(jdbc)),
                Binder.get(configuration).bindOrCreate("camelbell.retention", RetentionProperties.class),
                clock);
    }

    /** The folder that rows leave for; empty where they leave for none. */
    public String folder() {
        return properties.archive().strip();
    }

    /** How many rows one transaction reads, takes out or puts back; of events fewer, since one may have named tens of thousands. */
    public int batch(RowKind kind) {
        return kind == RowKind.EVENTS ? Math.max(1, properties.batch() / 10) : properties.batch();
    }

    /**
     * The first month, in UTC, of which rows are to stay: each one before it is over for as long as its rows are kept, so
     * its file can be made whole. Null where they are kept for ever.
     */
    public @Nullable YearMonth firstKept(RowKind kind) {
        Duration attempts = properties.attempts();
        Duration kept = kind == RowKind.ATTEMPTS && !attempts.isZero() ? attempts : properties.notifications();
        return kept.isZero() ? null : monthOf(clock.instant().minus(kept));
    }

    /** The month whose file has what is of that time. */
    public static YearMonth monthOf(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }

    /**
     * The next rows of a kind, in the order of their places; fewer than {@link #batch} when these are the last.
     *
     * @param firstKept what is of this month or later may be left out
     */
    public List<AgedRow> page(RowKind kind, RowPlace after, YearMonth firstKept) {
        return table(kind).page(after, firstKept.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC), batch(kind));
    }

    /**
     * Takes rows out that are exactly what the lines say, and that nothing needs.
     *
     * @param archive the number of their file, for events, of which something stays
     * @throws IllegalArgumentException for a line that is no row of the kind
     */
    public Removal remove(RowKind kind, long archive, List<String> lines) {
        RowLines rows = RowLines.of(kind, lines);
        AgedTable table = table(kind);
        table.take(rows, archive);
        return new Removal(table.present(rows), !table.unchanged(rows).isEmpty());
    }

    /**
     * What is still there of some rows.
     *
     * @param present the numbers of those that are, changed or not
     * @param busy whether some of them could have gone, if nobody had held them
     */
    public record Removal(List<Long> present, boolean busy) {}

    /**
     * Puts rows back that are not there.
     *
     * @return how many
     * @throws IllegalArgumentException for a line that is no row of the kind
     */
    public int putBack(RowKind kind, List<String> lines) {
        return table(kind).putBack(RowLines.of(kind, lines));
    }

    /** A number of the row that a line is, such as its {@code id}. Errors: IllegalArgumentException where it has none. */
    public static long number(String line, String field) {
        return RowLines.number(line, field);
    }

    private AgedTable table(RowKind kind) {
        jdbc.sql(IN_UTC).query(String.class).single();
        return switch (kind) {
            case ATTEMPTS -> new AgedAttempts(jdbc);
            case NOTIFICATIONS -> new AgedNotifications(jdbc, removal);
            case EVENTS -> new AgedEvents(jdbc);
        };
    }
}
