package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Marking all as read beside recordings: what it leaves unread, what it counts, and how long others wait for it. */
class MarkAllTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SLICE = 500;
    private static final int MANY = 25_200;
    private static final String THE_OLDEST =
            "SELECT FROM notification_log WHERE recipient = 7 ORDER BY created_at, id LIMIT 1 FOR UPDATE";
    private static final String MARK_ALL = "/api/notifications/mark_all_as_read/";

    private static Hub hub;
    private static Caller caller;

    @BeforeAll
    static void start() {
        hub = new Hub("camelbell.api.mark-slice=" + SLICE, "camelbell.api.query-timeout=60s");
        hub.post("users", "7", "{\"id\":7,\"username\":\"seven\",\"name\":\"Seven\",\"role\":\"CLIENT\"}");
        hub.flush();
        caller = await().ignoreExceptions().until(() -> new Caller(hub.port(), 7), connected -> true);
    }

    @AfterAll
    static void stop() {
        caller.close();
        hub.close();
    }

    @BeforeEach
    void empty() {
        hub.change("TRUNCATE notification_log, ticket_event, inbox");
    }

    /** Rows 1 to 3 are read by a client; row 4 was created before the third and committed after it. */
    @Test
    void what_is_older_but_was_committed_later_stays_unread() {
        row(1, 1, "2026-01-01T10:00:01Z");
        row(2, 2, "2026-01-01T10:00:02Z");
        row(5, 3, "2026-01-01T10:00:05Z");
        row(4, 4, "2026-01-01T10:00:04Z");

        assertThat(marked(MARK_ALL + "?up_to=5")).isEqualTo(3);

        assertThat(caller.get("/api/notifications/unread/")
                        .body()
                        .at("/results")
                        .findValuesAsText("id"))
                .containsExactly("4");
        assertThat(caller.get("/api/notifications/unread_count/")
                        .body()
                        .path("count")
                        .asLong())
                .isEqualTo(1);
        assertThat(marked(MARK_ALL + "?up_to=4")).isEqualTo(1);
    }

    @Test
    void channels_without_a_place_in_the_inbox_go_with_their_event() {
        row(1, 1, "2026-01-01T10:00:01Z");
        row(2, 2, "2026-01-01T10:00:02Z");
        mail(12, 2, "2026-01-01T10:00:02Z");
        mail(11, 1, "2026-01-01T10:00:01Z");

        assertThat(marked(MARK_ALL + "?up_to=11")).isEqualTo(2);
        assertThat(marked(MARK_ALL + "?notification_type=EMAIL")).isEqualTo(1);
        assertThat(marked(MARK_ALL)).isEqualTo(1);
        assertThat(marked(MARK_ALL)).isZero();
    }

    /** What a recording waits for is the person's counters, and each slice lets go of them: here all but the last, which waits. */
    @Tag("long")
    @Test
    void others_wait_for_a_slice_and_the_count_is_that_of_all() throws Exception {
        hub.change(
                """
                INSERT INTO ticket_event SELECT n, 'urn:test', n::text, 'ticket_created', now(), now(), NULL, '{}', 5, 'Title',
                    'HIGH', 'BUG', 'NEW', 2, 'Main Website', now(), 'New', 'New' FROM generate_series(1, ?) n
                """,
                MANY);
        hub.change(
                """
                INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at, sent_at)
                SELECT n, n, 7, 'SYSTEM', 'SENT', true, n, now() - n % 1000 * interval '1 second', now()
                FROM generate_series(1, ?) n
                """,
                MANY);
        hub.change("INSERT INTO inbox VALUES (7, 'SYSTEM', ?, ?)", MANY, MANY);

        try (Connection other = hub.connection()) {
            other.setAutoCommit(false);
            other.createStatement().execute(THE_OLDEST);
            CompletableFuture<Long> marking = CompletableFuture.supplyAsync(() -> marked(MARK_ALL));
            await().until(() -> hub.query("SELECT unread FROM inbox WHERE recipient = 7") == MANY % SLICE);
            assertThat(marking).isNotDone();

            other.rollback();
            assertThat(marking.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(MANY);
        }
        assertThat(caller.get("/api/notifications/unread_count/")
                        .body()
                        .path("count")
                        .asLong())
                .isZero();
    }

    private static long marked(String path) {
        return caller.post(path).body().path("count").asLong(-1);
    }

    /** An unread SYSTEM notification, with its event of the same number. */
    private static void row(long id, long seq, String created) {
        hub.change(
                """
                INSERT INTO ticket_event VALUES (?, 'urn:test', ?::text, 'ticket_created', now(), now(), NULL, '{}', 5, 'Title',
                    'HIGH', 'BUG', 'NEW', 2, 'Main Website', now(), 'New', 'New')
                """,
                id,
                id);
        insert(id, id, "SYSTEM", seq, created);
    }

    private static void mail(long id, long event, String created) {
        insert(id, event, "EMAIL", 0, created);
    }

    private static void insert(long id, long event, String channel, long seq, String created) {
        hub.change(
                "INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at)"
                        + " VALUES (?, ?, 7, ?, 'SENT', true, nullif(?, 0), ?::timestamptz)",
                id,
                event,
                channel,
                seq,
                created);
        hub.change(
                "INSERT INTO inbox VALUES (7, ?, 1, ?) ON CONFLICT (recipient, channel) DO UPDATE SET"
                        + " unread = inbox.unread + 1, last_seq = greatest(inbox.last_seq, excluded.last_seq)",
                channel,
                seq);
    }
}
