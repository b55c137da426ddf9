package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** An event that means very many people is accepted at once and written in slices, with every promise kept. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlicesTest {

    private static final int ADMINS = 1000;
    private static final int ROWS = 600; // a slice of 200 people, each over three channels

    private final Hub hub = hub();

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void an_event_for_very_many_people_is_written_in_slices_each_row_once_and_a_second_post_is_a_duplicate() {
        post(hub, "once", 61);
        post(hub, "once", 61);
        await().until(() -> told(hub, "once") == ADMINS);

        assertThat(hub.query("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                        + " WHERE e.event_id = 'once'"))
                .isEqualTo(ADMINS * 3L);
        assertThat(hub.query(
                        "SELECT max(n) FROM (SELECT count(*) AS n FROM notification_log GROUP BY xmin::text) AS t"))
                .as("rows of one transaction")
                .isEqualTo(ROWS);
        try (StatusTopic status = new StatusTopic(hub)) {
            await().until(() -> changes(status, "once", "skipped") == ADMINS * 2L);
            assertThat(changes(status, "once", "sent")).isEqualTo(ADMINS);
            assertThat(changes(status, "once", "accepted")).isEqualTo(1);
            assertThat(changes(status, "once", "duplicate")).isEqualTo(1);
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES) // it starts a hub twice
    void a_node_that_dies_between_and_within_slices_leaves_the_rest_to_the_next_one() throws SQLException {
        try (Hub hub = hub("camelbell.delivery.lock-wait=60s")) {
            assign(hub, "before", 7, 650);
            await().until(() -> told(hub, "before") == 1);
            try (Connection frozen = hold(hub, 650)) {
                post(hub, "huge", 63);
                await().until(() -> told(hub, "huge") == 600 && waitingForLock(hub) == 1);
                hub.query("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND datname = current_database()");
                hub.restart();
                await().until(() -> told(hub, "huge") == ADMINS - 1);
                frozen.rollback();
            }
            await().until(() -> told(hub, "huge") == ADMINS);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(ADMINS * 3L + 3);
            assertThat(hub.query("SELECT count(*) FROM event_slice")).isZero();
            assertThat(hub.query("SELECT count(*) FROM inbox WHERE channel = 'SYSTEM' AND unread <> last_seq"))
                    .isZero();
        }
    }

    @Test
    void a_later_event_of_the_ticket_waits_for_the_earlier_one_person_by_person() throws SQLException {
        assign(hub, "one", 7, 650);
        await().until(() -> told(hub, "one") == 1);
        try (Connection frozen = hold(hub, 650)) {
            post(hub, "first", 63);
            assign(hub, "second", 63, 649, 650, 651);
            post(hub, "third", 63);
            await().until(() ->
                    told(hub, "first") == ADMINS - 1 && told(hub, "second") == 2 && told(hub, "third") == ADMINS - 1);
            frozen.rollback();
        }
        await().until(() -> told(hub, "third") == ADMINS && told(hub, "second") == 3);
        List<String> order = hub.jdbc()
                .sql(
                        """
                        SELECT DISTINCT string_agg(e.event_id, ' ' ORDER BY n.seq) FROM notification_log n
                        JOIN ticket_event e ON e.id = n.event WHERE n.seq IS NOT NULL AND e.ticket_id = 63 GROUP BY n.recipient
                        """)
                .query(String.class)
                .list();
        assertThat(order).containsExactlyInAnyOrder("first third", "first second third");
    }

    @Test
    void a_person_whom_the_database_refuses_is_put_aside_and_holds_up_nobody() throws Exception {
        hub.execute("ALTER TABLE notification_log ADD CONSTRAINT odd CHECK (recipient <> 777) NOT VALID");
        post(hub, "odd", 64);
        await().until(() -> told(hub, "odd") == ADMINS - 1
                && hub.query("SELECT count(*) FROM event_slice WHERE refused LIKE '%odd%'") == 1);
        assertThat(hub.query("SELECT count(*) FROM event_slice")).isEqualTo(1);
        assertThat(hub.endOf("dead-letters")).isZero();
        assertThat(outcome(hub, 777)).isEqualTo("REFUSED");
        assertThat(outcome(hub, 778)).isEqualTo("TOLD");

        hub.execute("ALTER TABLE notification_log DROP CONSTRAINT odd");
        hub.execute("UPDATE event_slice SET refused = NULL");
        await().until(() -> told(hub, "odd") == ADMINS);
    }

    @Test
    void a_slice_that_cannot_be_written_for_another_reason_is_put_off_as_it_is_and_said() {
        hub.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''not now''; END'");
        double before = hub.metric("camelbell.loop.failures", "route", "slices");
        hub.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON notification_log FOR EACH ROW" + " EXECUTE FUNCTION refuse()");
        post(hub, "not-now", 65);
        await().until(() -> hub.query("SELECT coalesce(max(tries), 0) FROM event_slice") > 1);
        assertThat(hub.query("SELECT count(*) FROM event_slice")).isEqualTo(5);
        assertThat(hub.metric("camelbell.loop.failures", "route", "slices")).isGreaterThan(before);
        hub.execute("DROP TRIGGER refuse ON notification_log");
        await().until(() -> told(hub, "not-now") == ADMINS);
        hub.execute("DROP FUNCTION refuse");
    }

    private static String outcome(Hub hub, long user) throws Exception {
        return new Rest(hub)
                .get("/api/admin/explain/?ticket=64&user=" + user, 1)
                .json()
                .at("/events/0/people/0/outcome")
                .asText();
    }

    /** With administrators who have no address. */
    private static Hub hub(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "camelbell.delivery.rows-per-transaction=" + ROWS;
        Hub hub = new Hub(all);
        hub.execute(
                """
                INSERT INTO person (id, username, name, role, active, contacts, changed_at)
                SELECT n, 'u' || n, '', 'ADMIN', true, '{}', now() FROM generate_series(1, %d) AS n
                """
                        .formatted(ADMINS));
        return hub;
    }

    private static void post(Hub hub, String event, long ticket) {
        People.post(hub, event, ticket);
        hub.flush();
    }

    private static void assign(Hub hub, String event, long ticket, long... people) {
        People.assign(hub, event, ticket, people);
        hub.flush();
    }

    /** A session that has locked somebody's inbox and does nothing more. */
    private static Connection hold(Hub hub, long person) throws SQLException {
        Connection frozen = hub.connection();
        frozen.setAutoCommit(false);
        try (Statement lock = frozen.createStatement()) {
            lock.execute("SELECT 1 FROM inbox WHERE recipient = " + person + " FOR UPDATE");
        }
        return frozen;
    }

    private static long waitingForLock(Hub hub) {
        return hub.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()");
    }

    private static long told(Hub hub, String event) {
        return hub.query("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                + " WHERE n.seq IS NOT NULL AND e.event_id = '" + event + "'");
    }

    private static long changes(StatusTopic status, String event, String change) {
        return status.all().stream()
                .filter(entry -> entry.key().equals(event))
                .filter(entry -> entry.change().equals(change))
                .count();
    }
}
