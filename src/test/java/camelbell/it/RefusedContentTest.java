package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Webhook.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One row that the database refuses for its content, among others: it never holds those, and never comes again for ever. */
class RefusedContentTest {

    private static final String SECRET = UUID.randomUUID().toString();
    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub("camelbell.whatsapp.app-secret=" + SECRET);
        People.admins(hub, 3);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void what_was_sent_is_known_as_sent_without_the_words_that_are_refused() {
        refuse(
                "notification_log",
                "NEW.recipient = 2 AND NEW.channel = 'EMAIL' AND NEW.provider_id IS NOT NULL",
                "22001");
        try {
            long before = hub.mailbox().counts().messages();
            double refused = refused();
            People.event(hub, "settle");
            await().until(() ->
                    hub.query("SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                                            + " WHERE e.event_id = 'settle' AND l.status = 'SENT'")
                                    == 9
                            && hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(
                            hub.query(
                                    "SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event WHERE"
                                            + " e.event_id = 'settle' AND l.channel = 'EMAIL' AND l.provider_id IS NULL AND l.recipient = 2"))
                    .isEqualTo(1);
            assertThat(hub.query("SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event WHERE"
                            + " e.event_id = 'settle' AND l.channel <> 'SYSTEM' AND l.provider_id IS NOT NULL"))
                    .isEqualTo(5);
            assertThat(hub.mailbox().counts().messages() - before).isEqualTo(3);
            assertThat(refused() - refused).isEqualTo(1);
        } finally {
            accept("notification_log");
        }
    }

    @Test
    void what_was_sent_and_can_be_written_in_no_form_is_not_sent_again_and_holds_up_nobody() {
        refuse("notification_log", "NEW.recipient = 2 AND NEW.channel = 'EMAIL' AND NEW.status = 'SENT'", "23514");
        try {
            long before = hub.mailbox().counts().messages();
            People.event(hub, "unwritable");
            String rows = "SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                    + " WHERE e.event_id = 'unwritable' AND l.status = ";
            await().until(() -> hub.query(rows + "'SENT'") == 8 && hub.query("SELECT count(*) FROM delivery") == 0);
            assertThat(hub.query(rows + "'PENDING'")).isEqualTo(1);
            assertThat(hub.mailbox().counts().messages() - before).isEqualTo(3);
        } finally {
            accept("notification_log");
        }
    }

    @Test
    void a_receipt_that_is_refused_is_acknowledged_and_those_beside_it_are_applied() throws Exception {
        People.event(hub, "receipts");
        String sent = "SELECT l.id FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                + " WHERE e.event_id = 'receipts' AND l.channel = 'WHATSAPP' AND l.status = ? ORDER BY l.recipient";
        List<Long> ids = await().until(
                        () -> hub.jdbc()
                                .sql(sent)
                                .param("SENT")
                                .query(Long.class)
                                .list(),
                        found -> found.size() == 3);
        refuse("notification_log", "NEW.recipient = 2 AND NEW.status = 'DELIVERED'", "23514");
        try {
            assertThat(new Webhook(hub, SECRET)
                            .tell(ids.stream()
                                    .map(id -> new Status(wamid(id), "delivered", id))
                                    .toArray(Status[]::new)))
                    .isEqualTo(200);
            assertThat(hub.jdbc().sql(sent).param("DELIVERED").query(Long.class).list())
                    .containsExactly(ids.get(0), ids.get(2));
        } finally {
            accept("notification_log");
        }
    }

    @Test
    void a_user_that_is_refused_is_a_dead_letter_and_the_others_are_applied() {
        refuse("person", "NEW.username = 'refused'", "54000");
        try {
            for (int id = 10; id < 20; id++) {
                String name = id == 14 ? "refused" : "u" + id;
                hub.post(
                        "users",
                        String.valueOf(id),
                        "{\"id\":%d,\"username\":\"%s\",\"name\":\"\",\"role\":\"CLIENT\"}".formatted(id, name));
            }
            hub.flush();
            await().until(() -> hub.query("SELECT count(*) FROM person WHERE id BETWEEN 10 AND 19") == 9
                    && hub.endOf("users-dead-letters") == 1);
            try (RecordTopic deadLetters = new RecordTopic(hub, "users-dead-letters")) {
                await().until(() -> deadLetters.all().size() == 1);
                assertThat(new String(
                                deadLetters
                                        .all()
                                        .get(0)
                                        .headers()
                                        .lastHeader("camelbell-error-code")
                                        .value(),
                                StandardCharsets.UTF_8))
                        .isEqualTo("UNSTORABLE");
            }
            assertThat(hub.query("SELECT sum(next_offset) FROM directory_progress"))
                    .isEqualTo(hub.endOf("users"));
        } finally {
            accept("person");
        }
    }

    @Tag("long")
    @Test
    void a_status_row_that_cannot_be_read_and_a_record_that_the_broker_refuses_hold_up_no_other() {
        double refused = refused();
        outbox("no JSON");
        outbox(
                "[[\"k\",\"huge\",\"urn:test\",\"t\",1,1767225600.0,[[\"sent\",1,2,\"EMAIL\",\"%s\"],[\"read\",1,2,\"EMAIL\",null]]]]"
                        .formatted("x".repeat(1_200_000)));
        outbox("[[\"k\",\"behind\",\"urn:test\",\"t\",1,1767225600.0,[[\"sent\",2,2,\"EMAIL\",null]]]]");
        try (StatusTopic topic = new StatusTopic(hub)) {
            await().untilAsserted(() -> assertThat(topic.all().stream()
                            .filter(entry -> List.of("huge", "behind")
                                    .contains(entry.json().path("event_id").asText()))
                            .map(entry -> entry.json().path("event_id").asText() + " " + entry.change()))
                    .contains("huge read", "behind sent")
                    .doesNotContain("huge sent"));
        }
        await().until(() -> hub.query("SELECT count(*) FROM status_outbox WHERE NOT unreadable") == 0);
        assertThat(hub.query("SELECT count(*) FROM status_outbox WHERE unreadable"))
                .isEqualTo(1);
        assertThat(refused() - refused).isEqualTo(2);
    }

    private static void outbox(String reports) {
        hub.change("INSERT INTO status_outbox (created_at, reports) VALUES (now(), convert_to(?, 'UTF8'))", reports);
    }

    private static double refused() {
        try {
            return hub.metric("camelbell.refused");
        } catch (RuntimeException none) {
            return 0; // until the first one
        }
    }

    private static String wamid(long notification) {
        return hub.jdbc()
                .sql("SELECT provider_id FROM notification_log WHERE id = ?")
                .param(notification)
                .query(String.class)
                .single();
    }

    private static void refuse(String table, String when, String state) {
        hub.execute("CREATE FUNCTION refuse_" + table + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF " + when
                + " THEN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END IF; RETURN NEW; END $$");
        hub.execute("CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON " + table
                + " FOR EACH ROW EXECUTE FUNCTION refuse_" + table + "()");
    }

    private static void accept(String table) {
        hub.execute("DROP FUNCTION refuse_" + table + " CASCADE");
    }
}
