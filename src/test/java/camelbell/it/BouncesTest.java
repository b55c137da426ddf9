package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.SampleReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports of mail servers, read over IMAP and POP3 from a real server, up to the row, the topic and the next event. */
class BouncesTest {

    private static final int FIRST_OF_MANY = 1000;

    @SuppressWarnings("NullAway.Init") // filled before the first test
    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(
                "camelbell.bounces.enabled=true",
                "camelbell.bounces.protocol=imap",
                "camelbell.bounces.username=bounces",
                "camelbell.bounces.password=bounces",
                "camelbell.bounces.look-every-ms=300",
                "camelbell.directory.staleness=1ms");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void a_hard_bounce_fails_the_mail_and_suppresses_the_address_until_the_directory_has_another() throws Exception {
        person(1, "anna@example.org");
        event("hard-1", 1);
        rows("hard-1", "1 EMAIL SENT", "1 SYSTEM SENT", "1 WHATSAPP SKIPPED NO_ADDRESS");
        hub.mailbox().deliverReport(report("failed", "5.1.1", messageId("hard-1"), "anna@example.org"));
        rows("hard-1", "1 EMAIL FAILED DSN 5.1.1", "1 SYSTEM SENT", "1 WHATSAPP SKIPPED NO_ADDRESS");
        event("hard-2", 1);
        rows("hard-2", "1 EMAIL SKIPPED ADDRESS_BOUNCED", "1 SYSTEM SENT", "1 WHATSAPP SKIPPED NO_ADDRESS");
        assertThat(explained("hard-1")).containsSubsequence("\"SENT\"", "\"BOUNCED\"", "DSN 5.1.1");
        assertThat(explained("hard-2")).contains("ADDRESS_BOUNCED");
        toldOf("hard-1", "sent", "failed");

        person(1, "ann@example.org");
        event("hard-3", 1);
        rows("hard-3", "1 EMAIL SENT", "1 SYSTEM SENT", "1 WHATSAPP SKIPPED NO_ADDRESS");
    }

    @Test
    void a_report_that_comes_before_the_mail_is_known_to_be_sent_fails_it_then() {
        hub.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''not now''; END'");
        hub.execute("CREATE TRIGGER refuse BEFORE UPDATE ON notification_log FOR EACH ROW"
                + " WHEN (new.recipient = 11) EXECUTE FUNCTION refuse()");
        person(11, "bounce+uma@example.org");
        event("early-1", 11);
        await().until(() -> hub.query("SELECT count(*) FROM parked_receipt p JOIN notification_log l"
                        + " ON l.id = p.notification WHERE l.recipient = 11")
                == 1);
        rows("early-1", "11 EMAIL PENDING", "11 SYSTEM SENT", "11 WHATSAPP SKIPPED NO_ADDRESS");

        hub.execute("DROP TRIGGER refuse ON notification_log");
        rows("early-1", "11 EMAIL FAILED DSN 5.1.1", "11 SYSTEM SENT", "11 WHATSAPP SKIPPED NO_ADDRESS");
        toldOf("early-1", "sent", "failed");
    }

    @Test
    void a_report_on_another_mail_of_that_number_is_put_aside_once() {
        person(12, "tia@example.org");
        event("other-1", 12);
        rows("other-1", "12 EMAIL SENT", "12 SYSTEM SENT", "12 WHATSAPP SKIPPED NO_ADDRESS");
        String id = messageId("other-1");
        String other = id.replace("@", "@former.");
        hub.mailbox().deliverReport(report("failed", "5.1.1", other, "tia@example.org"));
        await().until(() -> !parkedAt(other).isEmpty());
        List<String> at = parkedAt(other);

        hub.change(
                "INSERT INTO parked_receipt (channel, provider_id, status, notification, parked_at)"
                        + " SELECT 'EMAIL', provider_id, 'DELIVERED', id, now() FROM notification_log WHERE provider_id = ?",
                id);
        rows("other-1", "12 EMAIL DELIVERED", "12 SYSTEM SENT", "12 WHATSAPP SKIPPED NO_ADDRESS");
        assertThat(parkedAt(other)).isEqualTo(at);
    }

    private static List<String> parkedAt(String messageId) {
        return hub.jdbc()
                .sql("SELECT parked_at::text FROM parked_receipt WHERE provider_id = ?")
                .param(messageId)
                .query(String.class)
                .list();
    }

    private static String messageId(String event, int recipient) {
        return hub.jdbc()
                .sql("SELECT l.provider_id FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                        + " WHERE e.event_id = ? AND l.channel = 'EMAIL' AND l.recipient = ?")
                .params(event, recipient)
                .query(String.class)
                .single();
    }

    /** What has become of each mail of an event, in the order of the people. */
    private static List<String> mails(String event) {
        return hub.jdbc()
                .sql(
                        "SELECT concat_ws(' ', l.status, l.reason) FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                                + " WHERE e.event_id = ? AND l.channel = 'EMAIL' ORDER BY l.recipient")
                .param(event)
                .query(String.class)
                .list();
    }

    private static List<String> expected(List<SampleReport> reports, Function<SampleReport, String> row) {
        return reports.stream().map(row).toList();
    }

    private static String messageId(String event) {
        return hub.jdbc()
                .sql("SELECT l.provider_id FROM notification_log l JOIN ticket_event e ON e.id = l.event"
                        + " WHERE e.event_id = ? AND l.channel = 'EMAIL'")
                .param(event)
                .query(String.class)
                .single();
    }

    @Test
    void an_address_whose_domain_is_not_ascii_is_suppressed_by_a_report_that_names_it_in_ascii() {
        person(6, "Ida@b\u00fccher.example");
        event("idn-1", 6);
        rows("idn-1", "6 EMAIL SENT", "6 SYSTEM SENT", "6 WHATSAPP SKIPPED NO_ADDRESS");
        String id = messageId("idn-1");
        hub.mailbox().deliverReport(report("failed", "5.1.1", id, "ida@xn--bcher-kva.example"));
        rows("idn-1", "6 EMAIL FAILED DSN 5.1.1", "6 SYSTEM SENT", "6 WHATSAPP SKIPPED NO_ADDRESS");
        event("idn-2", 6);
        rows("idn-2", "6 EMAIL SKIPPED ADDRESS_BOUNCED", "6 SYSTEM SENT", "6 WHATSAPP SKIPPED NO_ADDRESS");
    }

    @Test
    void a_report_is_read_over_pop3_too_and_deleted_there() throws Exception {
        String account = "bounces-over-pop3";
        person(8, "gus@example.org");
        event("pop3-1", 8);
        rows("pop3-1", "8 EMAIL SENT", "8 SYSTEM SENT", "8 WHATSAPP SKIPPED NO_ADDRESS");
        String id = messageId("pop3-1");
        hub.mailbox().deliverReport(account, report("failed", "5.1.1", id, "gus@example.org"));
        hub.mailbox().deliverReport(account, "no report at all");

        addRoute(Files.readString(Path.of("routes/72-bounces.camel.yaml"))
                .split("\n\n", 2)[0]
                .replaceFirst("id: bounces", "id: bounces-over-pop3")
                .replaceFirst("startupOrder: .*", "startupOrder: 999")
                .replace("{{camelbell.bounces.protocol}}", "pop3")
                .replace("{{camelbell.bounces.port}}", "" + hub.mailbox().pop3Port())
                .replace("{{camelbell.bounces.username}}", account)
                .replace("{{camelbell.bounces.password}}", account)
                .replace("{{camelbell.bounces.delete}}", "true"));

        rows("pop3-1", "8 EMAIL FAILED DSN 5.1.1", "8 SYSTEM SENT", "8 WHATSAPP SKIPPED NO_ADDRESS");
        await().untilAsserted(() -> assertThat(hub.mailbox().left(account)).isZero());
    }

    /** The shipped route with other settings, beside the one that reads over IMAP. */
    private static void addRoute(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(hub.bean(CamelContext.class))
                .loadRoutes(ResourceHelper.fromString("bounces-over-pop3.camel.yaml", yaml));
    }

    @Test
    void a_delay_is_noted_and_changes_no_status() throws Exception {
        person(2, "lea@example.org");
        event("late-1", 2);
        rows("late-1", "2 EMAIL SENT", "2 SYSTEM SENT", "2 WHATSAPP SKIPPED NO_ADDRESS");
        hub.mailbox().deliverReport(report("delayed", "4.4.1", messageId("late-1"), "lea@example.org"));
        await().untilAsserted(() -> assertThat(explained("late-1")).contains("\"DELAYED\"", "DSN 4.4.1"));
        rows("late-1", "2 EMAIL SENT", "2 SYSTEM SENT", "2 WHATSAPP SKIPPED NO_ADDRESS");
        event("late-2", 2);
        rows("late-2", "2 EMAIL SENT", "2 SYSTEM SENT", "2 WHATSAPP SKIPPED NO_ADDRESS");
    }

    @Test
    void a_refusal_of_the_recipient_suppresses_the_address_too_but_one_for_policy_does_not() {
        person(3, "reject550@example.org");
        event("refused-1", 3);
        rows("refused-1", "3 EMAIL FAILED SMTP 550 5.1.1", "3 SYSTEM SENT", "3 WHATSAPP SKIPPED NO_ADDRESS");
        event("refused-2", 3);
        rows("refused-2", "3 EMAIL SKIPPED ADDRESS_BOUNCED", "3 SYSTEM SENT", "3 WHATSAPP SKIPPED NO_ADDRESS");

        hub.mailbox().refuse("dora@example.org", "550 5.7.1 we take no mail from you");
        person(4, "dora@example.org");
        event("policy-1", 4);
        rows("policy-1", "4 EMAIL FAILED SMTP 550 5.7.1", "4 SYSTEM SENT", "4 WHATSAPP SKIPPED NO_ADDRESS");
        hub.mailbox().accept("dora@example.org");
        event("policy-2", 4);
        rows("policy-2", "4 EMAIL SENT", "4 SYSTEM SENT", "4 WHATSAPP SKIPPED NO_ADDRESS");
    }

    @Test
    void an_operator_sees_what_stands_in_the_way_without_the_address_and_lifts_it() throws Exception {
        Rest rest = new Rest(hub);
        String list = "/api/admin/suppressions/?user=10";
        hub.mailbox().refuse("kim@example.org", "550 5.1.1 no such user");
        person(10, "kim@example.org");
        hub.change("INSERT INTO opt_out (person, channel, at) VALUES (10, 'WHATSAPP', now())");
        event("lifted-1", 10);
        rows("lifted-1", "10 EMAIL FAILED SMTP 550 5.1.1", "10 SYSTEM SENT", "10 WHATSAPP SKIPPED NO_ADDRESS");
        assertThat(rest.get(list, 9).body())
                .contains("{\"user\":10,\"suppressions\":[{\"id\":\"10-EMAIL-ADDRESS_BOUNCED\",\"channel\":\"EMAIL\"")
                .contains("\"detail\":\"SMTP 550 5.1.1\"", "\"channel\":\"WHATSAPP\",\"reason\":\"OPTED_OUT\"")
                .doesNotContain("kim");

        hub.mailbox().accept("kim@example.org");
        String lift = "/api/admin/suppressions/10-EMAIL-ADDRESS_BOUNCED/";
        assertThat(rest.delete(lift, 10).status()).isEqualTo(403);
        assertThat(rest.delete("/api/admin/suppressions/10-EMAIL-x/", 9).status())
                .isEqualTo(404);
        assertThat(rest.get("/api/admin/suppressions/", 9).status()).isEqualTo(400);
        assertThat(rest.delete(lift, 9).body()).isEqualTo("{\"count\":1}");
        assertThat(rest.delete(lift, 9).status()).isEqualTo(404);
        assertThat(rest.get(list, 9).json().get("suppressions")).hasSize(1);
        assertThat(hub.query("SELECT sum(count) FROM audit WHERE who = 'user:9' AND action = 'lift'"
                        + " AND filter = '{\"id\":\"10-EMAIL-ADDRESS_BOUNCED\"}'"))
                .isEqualTo(1);

        event("lifted-2", 10);
        rows("lifted-2", "10 EMAIL SENT", "10 SYSTEM SENT", "10 WHATSAPP SKIPPED NO_ADDRESS");
        assertThat(rest.get("/api/admin/suppressions/?user=777", 9).body())
                .isEqualTo("{\"user\":777,\"suppressions\":[]}");
    }

    @Tag("long")
    @Test
    void every_kind_of_report_moves_its_mail_and_only_nobody_there_keeps_the_next_one_back() {
        List<SampleReport> reports = SampleReport.all();
        for (int i = 0; i < reports.size(); i++) {
            person(FIRST_OF_MANY + i, "r%d@example.test".formatted(i));
        }
        assigned("kinds-1", reports.size());
        await().until(() -> mails("kinds-1").equals(expected(reports, report -> "SENT")));
        for (int i = 0; i < reports.size(); i++) {
            hub.mailbox()
                    .deliverReport(reports.get(i)
                            .about(messageId("kinds-1", FIRST_OF_MANY + i), "r%d@example.test".formatted(i)));
        }
        await().untilAsserted(() -> assertThat(mails("kinds-1"))
                .isEqualTo(expected(reports, report -> switch (report.bounce().split(" ", -1)[0]) {
                    case "FAILED" -> report.bounce();
                    case "DELIVERED" -> "DELIVERED";
                    default -> "SENT";
                })));
        await().untilAsserted(() -> assertThat(hub.jdbc()
                        .sql(
                                "SELECT DISTINCT concat_ws(' ', a.outcome, a.reason) FROM attempt a JOIN notification_log l"
                                        + " ON l.id = a.notification_id WHERE l.recipient >= ?"
                                        + " AND a.outcome IN ('DELAYED', 'COMPLAINED')")
                        .param(FIRST_OF_MANY)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(reports.stream()
                        .map(SampleReport::bounce)
                        .filter(bounce -> bounce.startsWith("DELAYED") || bounce.startsWith("COMPLAINED"))
                        .distinct()
                        .toArray(String[]::new)));

        assigned("kinds-2", reports.size());
        await().untilAsserted(() -> assertThat(mails("kinds-2"))
                .isEqualTo(expected(reports, report -> report.nobodyThere() ? "SKIPPED ADDRESS_BOUNCED" : "SENT")));
    }

    @Tag("long")
    @Test
    void what_strangers_write_harms_nothing_and_a_report_counts_once_and_in_any_order() {
        person(5, "eve@example.org");
        event("hostile-1", 5);
        rows("hostile-1", "5 EMAIL SENT", "5 SYSTEM SENT", "5 WHATSAPP SKIPPED NO_ADDRESS");
        String id = messageId("hostile-1");
        for (String mail : List.of(
                "",
                "no header at all",
                "\u0000\u0001\u0002".repeat(1000),
                "Subject: hello\r\n\r\njust a person",
                report("failed", "5.1.1", "<notification-999999999@example.org>", "eve@example.org"),
                report("failed", "5.1.1", id.replace("@", "@evil."), "eve@example.org"),
                report("failed", "5.1.1", "<notification-99999999999999999999@x>", "eve@example.org"),
                report("failed", "5.1.1' OR 1=1", "<x@y>", "eve@example.org"),
                report("exploded", "9.9.9", id, "eve@example.org"),
                report("relayed", "2.0.0", id, "eve@example.org"),
                report("failed", "5.1.1", id, "somebody-else@example.org")
                        .replace("multipart/report", "multipart/\u0000"),
                nested(200),
                report("failed", "5.1.1", id, "eve@example.org") + "x".repeat(2_000_000))) {
            hub.mailbox().deliverReport(mail);
        }
        String good = report("failed", "5.2.2", id, "eve@example.org");
        for (int copy = 0; copy < 3; copy++) {
            hub.mailbox().deliverReport(good);
        }
        hub.mailbox().deliverReport(report("delayed", "4.4.7", id, "eve@example.org"));

        rows("hostile-1", "5 EMAIL FAILED DSN 5.2.2", "5 SYSTEM SENT", "5 WHATSAPP SKIPPED NO_ADDRESS");
        await().untilAsserted(() -> assertThat(hub.jdbc()
                        .sql("SELECT concat_ws(' ', a.outcome, a.reason) FROM attempt a JOIN notification_log l"
                                + " ON l.id = a.notification_id WHERE l.recipient = 5 ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("BOUNCED DSN 5.2.2", "DELAYED DSN 4.4.7"));
        event("hostile-2", 5);
        rows("hostile-2", "5 EMAIL SENT", "5 SYSTEM SENT", "5 WHATSAPP SKIPPED NO_ADDRESS");
    }

    @Test
    void after_a_retry_a_report_on_the_first_mail_settles_nothing_and_one_on_the_second_does() throws Exception {
        person(7, "fay@example.org");
        event("retried-1", 7);
        rows("retried-1", "7 EMAIL SENT", "7 SYSTEM SENT", "7 WHATSAPP SKIPPED NO_ADDRESS");
        String id = messageId("retried-1");
        String number = id.replaceAll("[^0-9]*([0-9]+)@.*", "$1");
        hub.mailbox().deliverReport(report("failed", "5.2.2", id, "fay@example.org"));
        rows("retried-1", "7 EMAIL FAILED DSN 5.2.2", "7 SYSTEM SENT", "7 WHATSAPP SKIPPED NO_ADDRESS");
        assertThat(new Rest(hub)
                        .post("/api/admin/deliveries/" + number + "/retry/", 9)
                        .body())
                .isEqualTo("{\"count\":1,\"more\":false}");
        rows("retried-1", "7 EMAIL SENT", "7 SYSTEM SENT", "7 WHATSAPP SKIPPED NO_ADDRESS");

        hub.mailbox()
                .deliverReport(report("failed", "5.2.1", id, "fay@example.org").replace(" 11:00", " 12:00"));
        await().untilAsserted(() -> assertThat(explained("retried-1")).contains("DSN 5.2.1"));
        rows("retried-1", "7 EMAIL SENT", "7 SYSTEM SENT", "7 WHATSAPP SKIPPED NO_ADDRESS");

        hub.mailbox()
                .deliverReport(report("failed", "5.3.4", id, "fay@example.org")
                        .replace("Mon, 2 Feb 2026 11:00", "Sun, 2 Feb 2110 11:00"));
        rows("retried-1", "7 EMAIL FAILED DSN 5.3.4", "7 SYSTEM SENT", "7 WHATSAPP SKIPPED NO_ADDRESS");
    }

    private static String report(String action, String code, String messageId, String to) {
        String date = action.equals("delayed") ? "Mon, 2 Feb 2026 10:00:00 +0000" : "Mon, 2 Feb 2026 11:00:00 +0000";
        return """
                From: <>
                Date: %s
                Content-Type: multipart/report; report-type=delivery-status; boundary=b
                MIME-Version: 1.0

                --b
                Content-Type: text/plain

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; relay.example.org

                Final-Recipient: rfc822; %s
                Action: %s
                Status: %s (mailbox)

                --b
                Content-Type: message/rfc822

                Message-ID: %s
                To: Eve <%s>
                Subject: as sent

                body
                --b--
                """
                .formatted(date, to, action, code, messageId, to)
                .replace("\n", "\r\n");
    }

    private static String nested(int depth) {
        StringBuilder mail = new StringBuilder("MIME-Version: 1.0\r\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n".formatted(i, i));
        }
        return mail.append("\r\nend").toString();
    }

    private static void person(int id, String email) {
        hub.post(
                "users",
                "" + id,
                "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"CLIENT\",\"email\":\"%s\"}"
                        .formatted(id, id, email));
        hub.post("users", "9", "{\"id\":9,\"username\":\"admin\",\"name\":\"\",\"role\":\"ADMIN\"}");
        hub.flush();
    }

    /** Its creator is told. */
    private static void event(String id, int creator) {
        hub.post(
                "ticket-events",
                "63",
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_opened","data":{"ticket":{"id":63,
                "title":"Down","priority":"LOW","category":"BUG","status":"NEW","created_by":%d,"project_name":"Main",
                "created_at":"2026-01-01T00:00:00Z"}}}"""
                        .formatted(id, creator));
        hub.flush();
    }

    /** Its assignees are told: the first so many of those that the reports are about. */
    private static void assigned(String id, int people) {
        String assignees = IntStream.range(FIRST_OF_MANY, FIRST_OF_MANY + people)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        hub.post(
                "ticket-events",
                "64",
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_assigned","data":{"assignees":[%s],
                "ticket":{"id":64,"title":"Printer","priority":"LOW","category":"BUG","status":"NEW","created_by":9,
                "project_name":"Main","created_at":"2026-01-01T00:00:00Z"}}}"""
                        .formatted(id, assignees));
        hub.flush();
    }

    private static void rows(String event, String... rows) {
        await().untilAsserted(() -> assertThat(hub.jdbc()
                        .sql("SELECT concat_ws(' ', l.recipient, l.channel, l.status, l.reason) FROM notification_log l"
                                + " JOIN ticket_event e ON e.id = l.event WHERE e.event_id = ? ORDER BY 1")
                        .param(event)
                        .query(String.class)
                        .list())
                .containsExactly(rows));
    }

    private static String explained(String event) throws Exception {
        return new Rest(hub)
                .get("/api/admin/explain/?source=urn:test&id=" + event, 9)
                .body();
    }

    private static void toldOf(String event, String... changes) {
        try (StatusTopic topic = new StatusTopic(hub)) {
            await().untilAsserted(() -> assertThat(topic.all())
                    .filteredOn(entry -> entry.json().path("event_id").asText().equals(event)
                            && entry.json().path("channel").asText().equals("EMAIL"))
                    .extracting(StatusTopic.Entry::change)
                    .containsExactly(changes));
        }
    }
}
