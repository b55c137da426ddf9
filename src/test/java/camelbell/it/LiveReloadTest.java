package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Mailbox;
import camelbell.dev.ScriptedGateway;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Files of the routes folder that are saved while one hub runs on them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LiveReloadTest {

    private static final int ADMIN = 1;
    private static final int CLIENT = 2;
    private static final String ENGLISH = "templates/words/en.yaml";
    private static final String MAIL = "50-channel-mail.camel.yaml";

    private final ScriptedGateway gateway = new ScriptedGateway(null);
    private final AtomicInteger events = new AtomicInteger();
    private Hub hub;
    private SavedRoutes routes;
    private List<SavedRoutes.Kept> kept;
    private String digest;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        QuickRoutes.in(folder);
        hub = new Hub(
                "camelbell.routes=file:" + folder,
                "camelbell.reload=true",
                "camelbell.delivery.removed-after=1s",
                "camelbell.delivery.removed-every-ms=200",
                "camelbell.channels.sms.url=" + gateway.url("/Messages.json"),
                "camelbell.channels.sms.username=AC1",
                "camelbell.channels.sms.password=secret",
                "camelbell.channels.sms.from=+15550009999");
        routes = new SavedRoutes(hub, folder);
        user(ADMIN, "ADMIN", "ann@example.org", "");
        user(CLIENT, "CLIENT", "carla@example.org", ",\"sms_number\":\"+15550000001\"");
        hub.flush();
        await().until(() -> hub.query("SELECT count(*) FROM person") == 2);
    }

    @AfterAll
    void stop() {
        hub.close();
        gateway.close();
    }

    @BeforeEach
    void keep() throws Exception {
        kept = routes.keep();
        digest = routes.digest();
    }

    @AfterEach
    void putBack() throws Exception {
        routes.putBack(kept, digest);
    }

    @Test
    void words_and_layouts_that_are_saved_are_in_the_next_mail() throws Exception {
        routes.apply(ENGLISH, "Your ticket has been opened:", "We have opened for you:");
        String opened = event("ticket_opened");
        await().until(() -> mails().stream().anyMatch(mail -> mail.contains("We have opened for you: " + opened)));

        routes.apply("templates/mail.txt", "{{ sentence", "Look: {{ sentence");
        String next = event("ticket_opened");
        await().until(() -> mails().stream().anyMatch(mail -> mail.contains("Look: We have opened for you: " + next)));
    }

    @Test
    void a_rule_that_is_saved_counts_for_the_next_event() throws Exception {
        String before = event("ticket_opened");
        await().until(() -> told(before).size() == 2);
        routes.apply(
                "policy.yaml",
                "tell: [creator]\n    over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "tell: [creator, admins]\n    over: [SYSTEM]\n    subject: Ticket Opened");
        String after = event("ticket_opened");
        await().until(() -> told(after).size() == 2);

        assertThat(told(before)).containsExactly("2 EMAIL", "2 SYSTEM");
        assertThat(told(after)).containsExactly("1 SYSTEM", "2 SYSTEM");
    }

    @Test
    void a_broken_table_changes_nothing_and_health_and_log_say_why(CapturedOutput output) throws Exception {
        String why = routes.refuse("policy.yaml", "over: [WHATSAPP, SYSTEM]", "over: [WHATSAPP, SYSTM]");

        assertThat(why).contains("policy.yaml").contains("SYSTM").contains("did you mean SYSTEM?");
        assertThat(routes.digest()).isEqualTo(digest);
        assertThat(hub.metric("camelbell.tables.refused")).isEqualTo(1);
        assertThat(output)
                .contains("saved tables refused digest=", why)
                .doesNotContain("\tat camelbell.runtime.reload");
        String event = event("ticket_approved");
        await().until(() -> told(event).contains("1 SYSTEM"));

        routes.putBack(kept, digest);
        assertThat(hub.metric("camelbell.tables.refused")).isZero();
    }

    @Test
    void steps_that_are_saved_are_taken_by_the_next_exchange_and_consumers_go_on(CapturedOutput output)
            throws Exception {
        Object kafka = hub.bean(CamelContext.class).getRoute("ticket-events").getConsumer();
        Object mail = hub.bean(CamelContext.class).getRoute("channel-mail").getConsumer();
        routes.apply(
                MAIL,
                "        - bean:\n            id: channel-mail-attempt-words",
                log("mail") + "        - bean:\n            id: channel-mail-attempt-words");
        routes.apply(
                "10-ticket-events.camel.yaml",
                "        - bean:\n            id: ticket-events-read\n",
                log("intake") + "        - bean:\n            id: ticket-events-read\n");
        routes.apply(
                "45-channel.camel.yaml",
                "          - removeHeaders:\n              id: headers\n",
                log("channel").indent(2) + "          - removeHeaders:\n              id: headers\n");
        routes.apply(
                "80-api.camel.yaml",
                "        - bean:\n            id: api-unread-count-ask",
                log("api") + "        - bean:\n            id: api-unread-count-ask");

        event("ticket_opened");
        new Rest(hub).get("/api/notifications/unread_count/", CLIENT);
        await().untilAsserted(() -> assertThat(output)
                .contains("saved step mail", "saved step intake", "saved step channel", "saved step api"));
        assertThat(hub.bean(CamelContext.class).getRoute("ticket-events").getConsumer())
                .isSameAs(kafka);
        assertThat(hub.bean(CamelContext.class).getRoute("channel-mail").getConsumer())
                .isSameAs(mail);
    }

    @Test
    void a_route_that_begins_otherwise_is_started_anew_and_keeps_its_queue(CapturedOutput output) throws Exception {
        Object mail = hub.bean(CamelContext.class).getRoute("channel-mail").getConsumer();
        routes.apply(MAIL, "\"{{camelbell.mail.concurrency}}\"", "\"3\"");
        routes.apply("12-unsent.camel.yaml", "timerName: unsent", "timerName: unsent-again");
        routes.apply("00-failures.camel.yaml", "description: A fault behind", "description: Any fault behind");

        assertThat(output)
                .contains("replaced=[channel-mail]", "replaced=[unsent]", "exchanged=[channel-mail, channel-whatsapp]");
        assertThat(hub.bean(CamelContext.class).getRoute("channel-mail").getConsumer())
                .isNotSameAs(mail);
        String opened = event("ticket_opened");
        await().until(() -> mails().stream().anyMatch(found -> found.contains("opened: " + opened)));
    }

    @Test
    void a_route_that_cannot_be_run_is_refused_by_file_and_line_and_mails_go_on(CapturedOutput output)
            throws Exception {
        assertThat(routes.refuse(MAIL, "ref: mailWriter", "ref: mailWritr"))
                .contains(MAIL + ":")
                .contains("mailWritr");
        assertThat(routes.refuse(MAIL, "ref: mailWritr", "reff: mailWriter")).contains(MAIL + ":40:13: no key reff");
        assertThat(output).contains(MAIL + ":40:13: no key reff here; did you mean ref?");
        routes.save(MAIL, "reff: mailWriter", "ref: mailWriter");
        assertThat(routes.refuse("80-api.camel.yaml", "path: \"unread/\"", "path: \"unred/\""))
                .contains("80-api.camel.yaml: rest differs from what runs")
                .contains("needs a restart");
        routes.save("80-api.camel.yaml", "path: \"unred/\"", "path: \"unread/\"");
        assertThat(routes.refuse("40-dispatch.camel.yaml", "size: 16\n      steps", "size: 17\n      steps"))
                .contains("40-dispatch.camel.yaml:")
                .contains("route fan-out");
        routes.save("40-dispatch.camel.yaml", "size: 17\n      steps", "size: 16\n      steps");
        // a channel has that place: it is seen when the route starts, so the old one has been stopped for it, and is
        // started again
        assertThat(routes.refuse("12-unsent.camel.yaml", "startupOrder: 302", "startupOrder: 78"))
                .contains("12-unsent.camel.yaml:")
                .contains("route removed-channels does not start");
        await().until(() -> hub.bean(CamelContext.class)
                .getRouteController()
                .getRouteStatus("removed-channels")
                .isStarted());

        String opened = event("ticket_opened");
        await().until(() -> mails().stream().anyMatch(mail -> mail.contains("opened: " + opened)));
    }

    @Test
    void a_channel_comes_and_goes_with_what_waits_for_it() throws Exception {
        gateway.usually(201, "{\"sid\":\"SM1\"}");
        String readme = Files.readString(Path.of("routes/examples/README.md"));
        Matcher lines = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(lines.find()).isTrue();
        String policy = lines.group(1);
        assertThat(lines.find()).isTrue();
        String retries = lines.group(1).replaceFirst("schedule: \\[[^\\]]*]", "schedule: [1s, 1s, 1s]");

        // in any order: what is not whole yet is kept out
        assertThat(routes.refuse("policy.yaml", "\nchannels:\n", "\nchannels:\n" + policy))
                .contains("no route channel-sms");
        routes.refuse("policy.yaml", "SYSTEM]\n    subject: Ticket Opened", "SYSTEM, SMS]\n    subject: Ticket Opened");
        routes.refuse("retries.yaml", "\nchannels:\n", "\nchannels:\n" + retries);
        Path file = routes.folder().resolve("53-channel-sms.camel.yaml");
        Files.copy(Path.of("routes/examples/53-channel-sms.camel.yaml"), file);
        routes.awaitOther(digest);
        String first = event("ticket_opened");
        await().until(() -> endOf(first, "SMS").equals("SENT"));
        assertThat(gateway.received()).hasSize(1);

        routes.apply("53-channel-sms.camel.yaml", "idPointer: /sid", "idPointer: /id");
        gateway.usually(201, "{\"id\":\"other\"}");
        String other = event("ticket_opened");
        await().until(() -> endOf(other, "SMS").equals("SENT"));
        assertThat(hub.query("SELECT count(*) FROM notification_log WHERE provider_id IN ('SM1', 'other')"))
                .isEqualTo(2);

        gateway.usually(503, "");
        int received = gateway.received().size();
        String waits = event("ticket_opened");
        await().until(() -> gateway.received().size() > received);
        routes.refuse("policy.yaml", policy, "");
        routes.refuse("policy.yaml", "SYSTEM, SMS]", "SYSTEM]");
        routes.apply("retries.yaml", retries, "");
        String without = routes.digest();
        Files.delete(file);
        routes.awaitOther(without);
        assertThat(routes.digest()).isEqualTo(digest);
        await().until(() -> endOf(waits, "SMS").equals("FAILED CHANNEL_REMOVED"));
        await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
        assertThat(hub.bean(CamelContext.class).getRoute("channel-sms")).isNull();

        gateway.usually(201, "{\"sid\":\"SM2\"}");
        routes.save("policy.yaml", "\nchannels:\n", "\nchannels:\n" + policy);
        routes.save("policy.yaml", "SYSTEM]\n    subject: Ticket Opened", "SYSTEM, SMS]\n    subject: Ticket Opened");
        routes.save("retries.yaml", "\nchannels:\n", "\nchannels:\n" + retries);
        Files.copy(Path.of("routes/examples/53-channel-sms.camel.yaml"), file);
        routes.awaitOther(digest);
        String again = event("ticket_opened");
        await().until(() -> endOf(again, "SMS").equals("SENT"));
        Files.delete(file);
    }

    @Test
    void fifty_good_and_fifty_broken_versions_lose_and_double_nothing() throws Exception {
        await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
        Mailbox.Counts mailed = hub.mailbox().counts();
        int first = events.get();
        AtomicBoolean enough = new AtomicBoolean();
        try (Caller client = new Caller(hub.port(), CLIENT)) {
            await().until(() -> !client.frames.isEmpty());
            Thread posting = new Thread(() -> {
                while (!enough.get()) {
                    event("ticket_opened");
                    await().until(() -> hub.query("SELECT count(*) FROM ticket_event") > events.get() - 10);
                }
            });
            posting.start();
            for (int version = 0; version < 50; version++) {
                String[] broken = SavedVersions.BROKEN[version % SavedVersions.BROKEN.length];
                assertThat(routes.refuse(broken[0], broken[1], broken[2])).isNotEmpty();
                routes.save(broken[0], broken[2], broken[1]);
                String[] good = SavedVersions.GOOD[version % SavedVersions.GOOD.length];
                String mark = "saved " + version;
                routes.apply(good[0], good[1], good[2].formatted(mark));
                routes.save(good[0], good[2].formatted(mark), good[1]);
            }
            enough.set(true);
            posting.join();
            routes.putBack(kept, digest);
            int all = events.get() - first;
            assertThat(all).isGreaterThan(100);
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") >= events.get()
                    && hub.query("SELECT count(*) FROM delivery") == 0);
            await().until(() -> client.frames.size() == all + 1);

            assertThat(hub.mailbox().counts().messages() - mailed.messages()).isEqualTo(all);
            assertThat(hub.mailbox().counts().duplicates()).isEqualTo(mailed.duplicates());
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'PENDING'"))
                    .isZero();
            assertThat(client.closed).isNotDone();
        }
    }

    private static String log(String where) {
        return "        - log:\n            id: saved-" + where + "\n            message: saved step " + where + "\n";
    }

    private void user(int id, String role, String email, String more) {
        hub.post(
                "users",
                String.valueOf(id),
                "{\"id\":%d,\"username\":\"user_%d\",\"name\":\"User\",\"role\":\"%s\",\"email\":\"%s\"%s}"
                        .formatted(id, id, role, email, more));
    }

    /** Posts one, of a ticket of the client's with its id as its title; answers the id. */
    private String event(String type) {
        String id = "event-" + events.incrementAndGet();
        hub.post(
                "ticket-events",
                id,
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"%s","time":"2026-03-01T10:00:00Z",
                 "data":{"ticket":{"id":1,"title":"%s","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":2,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}"""
                        .formatted(id, type, id));
        hub.flush();
        return id;
    }

    private List<String> told(String event) {
        return hub.jdbc()
                .sql(
                        """
                        SELECT n.recipient || ' ' || n.channel FROM notification_log n JOIN ticket_event e ON e.id = n.event
                        WHERE e.event_id = ? AND n.status <> 'SKIPPED' ORDER BY 1
                        """)
                .param(event)
                .query(String.class)
                .list();
    }

    private String endOf(String event, String channel) {
        return hub.jdbc()
                .sql(
                        """
                        SELECT concat_ws(' ', n.status, n.reason) FROM notification_log n JOIN ticket_event e ON e.id = n.event
                        WHERE e.event_id = ? AND n.channel = ?
                        """)
                .params(event, channel)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private List<String> mails() throws MessagingException, IOException {
        List<String> texts = new java.util.ArrayList<>();
        for (MimeMessage mail : hub.mailbox().newest(100)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            texts.add(bytes.toString(StandardCharsets.UTF_8).replace("=\r\n", ""));
        }
        return texts;
    }
}
