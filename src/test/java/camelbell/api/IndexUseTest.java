package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.store.Condition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** On a table with thousands of rows, as PostgreSQL itself counts its scans. Its hub is left with connections that were cut. */
@DirtiesContext
@TestPropertySource(properties = "camelbell.api.counts-kept=10s") // so that counters are believed
class IndexUseTest extends ApiHub {

    private static final List<String> QUERIES = List.of(
            "",
            "unread/",
            "?page=3",
            "?page=last",
            "?ticket=77",
            "unread/?ticket=77",
            "?notification_type=SYSTEM",
            "?cursor=&page_size=50",
            "?status=SKIPPED",
            "?is_read=false",
            "?is_read=true",
            "unread_count/");

    private static final String LIST = "/api/notifications/";
    private static final List<String> PAGES = List.of(
            "",
            "?page=3",
            "?page=last",
            "unread/",
            "unread/?page=last",
            "?is_read=true",
            "?is_read=true&page=last",
            "?notification_type=SYSTEM",
            "?notification_type=EMAIL&page=last",
            "?notification_type=EMAIL&is_read=false",
            "?cursor=",
            "?cursor=" + new Cursor(true, Instant.parse("2200-01-01T00:00:00Z"), 1).text(),
            "unread/?cursor=");

    private static final String OLDER = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND backend_type IN ('client backend', 'parallel worker') AND backend_start < ?::timestamptz";

    @Tag("long")
    @Test
    void no_list_count_or_filter_reads_the_whole_table() throws Exception {
        fill();
        everythingIsReported();
        long before = scans("seq_scan");
        long indexed = scans("idx_scan");
        for (String query : QUERIES) {
            Answer answer = get(LIST + query, 7);
            assertThat(answer.status()).describedAs(query).isEqualTo(200);
        }
        assertThat(post("/api/notifications/mark_all_as_read/?ticket=77", 7).status())
                .isEqualTo(200);
        everythingIsReported();
        assertThat(scans("idx_scan")).isGreaterThanOrEqualTo(indexed + QUERIES.size());
        assertThat(scans("seq_scan")).isEqualTo(before);
    }

    /** A person with tens of thousands of notifications marks one event: what is read of the indexes is that event's. */
    @Test
    void marking_an_event_reads_that_event_and_not_the_persons_notifications() throws Exception {
        fill();
        change("INSERT INTO notification_log SELECT 200000 + n, n, 7, 'EMAIL', 'SENT', NULL, true, NULL, now(), now()"
                + " FROM generate_series(1, 50000) n");
        change("ANALYZE notification_log");
        everythingIsReported();
        long whole = scans("seq_scan");
        long before = entriesRead();
        // person 7 has 6 (SYSTEM) of event 6, and so 200006 (EMAIL)
        assertThat(post("/api/notifications/6/mark_as_read/?event=1", 7).status())
                .isEqualTo(200);
        everythingIsReported();
        assertThat(entriesRead() - before).isLessThan(100);
        assertThat(scans("seq_scan")).isEqualTo(whole);
        assertThat(jdbc().sql("SELECT id FROM notification_log WHERE recipient = 7 AND read_at IS NOT NULL")
                        .query(Long.class)
                        .list())
                .containsExactlyInAnyOrder(6L, 200006L);
    }

    /** Whoever has tens of thousands: of the indexes are read the rows of the page, from whichever end is nearer, and no count. */
    @Test
    void no_page_reads_more_of_a_persons_notifications_than_it_shows() throws Exception {
        fill();
        change("INSERT INTO notification_log SELECT 200000 + n, n, 7, 'EMAIL', 'SENT', NULL, true, NULL, now(), now(),"
                + " CASE WHEN n % 3 > 0 THEN now() END FROM generate_series(1, 60000) n");
        change("INSERT INTO inbox (recipient, channel, unread, last_seq)"
                + " SELECT recipient, channel, count(*) FILTER (WHERE read_at IS NULL), coalesce(max(seq), 0)"
                + " FROM notification_log GROUP BY 1, 2");
        change("VACUUM ANALYZE notification_log");
        get(LIST, 7); // learns how long the lists are
        everythingIsReported();
        long whole = scans("seq_scan");
        for (String query : PAGES) {
            long before = entriesRead();
            // the first may have a connection that was cut just now
            Answer page = await().until(() -> get(LIST + query, 7), answer -> answer.status() == 200);
            assertThat(page.json().at("/results").size()).as(query).isPositive();
            everythingIsReported();
            assertThat(entriesRead() - before).as(query).isLessThan(300);
        }
        assertThat(scans("seq_scan")).isEqualTo(whole);
    }

    /** Planning takes twice as long as reading a page, and is done once for a connection, whosever pages it reads. */
    @Test
    void a_page_by_cursor_is_not_planned_anew_each_time() throws Exception {
        fill();
        Instant early = jdbc().sql("SELECT created_at - interval '1 second' FROM notification_log LIMIT 1")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        Condition page = new Cursor(true, early, 1).beyond(new Condition("n.listed AND n.recipient = ?", List.of(7L)));
        try (Connection database = database().getConnection();
                PreparedStatement statement = database.prepareStatement("SELECT n.id FROM notification_log n WHERE "
                        + page.sql() + NotificationQueries.NEWEST_FIRST + " LIMIT 21");
                Statement plans = database.createStatement()) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
            for (int request = 0; request < 20; request++) {
                for (int value = 0; value < page.values().size(); value++) {
                    statement.setObject(value + 1, page.values().get(value));
                }
                statement.executeQuery().close();
            }
            ResultSet kept = plans.executeQuery(
                    "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%LIMIT 21'");
            assertThat(kept.next()).isTrue();
            assertThat(kept.getLong(1)).isGreaterThanOrEqualTo(10);
        }
    }

    private long entriesRead() {
        return jdbc().sql("SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'notification_log'")
                .query(Long.class)
                .single();
    }

    /** A connection reports what it has scanned when it has been idle for seconds, and when it ends. */
    private void everythingIsReported() throws Exception {
        String now =
                jdbc().sql("SELECT clock_timestamp()::text").query(String.class).single();
        await().until(() -> {
            jdbc().sql("SELECT pg_terminate_backend(pid)" + OLDER).param(now).query(row -> {});
            return olderThan(now) == 0;
        });
    }

    private long olderThan(String time) {
        return jdbc().sql("SELECT count(*)" + OLDER)
                .param(time)
                .query(Long.class)
                .single();
    }

    private long scans(String column) {
        return jdbc().sql("SELECT sum(" + column
                        + ") FROM pg_stat_user_tables WHERE relname IN ('notification_log', 'ticket_event')")
                .query(Long.class)
                .single();
    }

    private void fill() {
        change("TRUNCATE person, ticket_event, notification_log, inbox, delivery");
        change("INSERT INTO person SELECT n, 'u' || n, '', 'CLIENT', true, NULL, NULL, '{}', now()"
                + " FROM generate_series(1, 2000) n");
        change("INSERT INTO ticket_event SELECT n, 'urn:test', 'e' || n, 'ticket_created', now(), now(), NULL, '{}',"
                + " n % 5000, 'title', 'HIGH', 'BUG', 'NEW', 1, 'Main', now(), 'subject', 'message'"
                + " FROM generate_series(1, 200000) n");
        change("INSERT INTO notification_log SELECT n, n, n % 2000 + 1, 'SYSTEM', 'SENT', NULL, true, n, now(), now()"
                + " FROM generate_series(1, 200000) n");
        change("ANALYZE");
    }
}
