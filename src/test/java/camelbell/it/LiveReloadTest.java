package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Mailbox;
import camelbell.dev.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Files of the routes folder that are saved while one hub runs on them. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LiveReloadTest {

    private static final String ENGLISH = "templates/words/en.yaml";
    private static final String MAIL = "50-channel-mail.camel.yaml";

    private ReloadedHub reloaded;
    private Hub hub;
    private ScriptedGateway gateway;
    private SavedRoutes routes;
    private List<SavedRoutes.Kept> kept;
    private String digest;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        reloaded = new ReloadedHub(folder);
        hub = reloaded.hub;
        gateway = reloaded.gateway;
        routes = reloaded.routes;
    }

    @AfterAll
    void stop() {
        reloaded.close();
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
        String opened = reloaded.event("ticket_opened");
        await().until(() ->
                reloaded.mails().stream().anyMatch(mail -> mail.contains("We have opened for you: " + opened)));

        routes.apply("templates/mail.txt", "{{ sentence", "Look: {{ sentence");
        String next = reloaded.event("ticket_opened");
        await().until(() ->
                reloaded.mails().stream().anyMatch(mail -> mail.contains("Look: We have opened for you: " + next)));
    }

    @Test
    void a_rule_that_is_saved_counts_for_the_next_event() throws Exception {
        String before = reloaded.event("ticket_opened");
        await().until(() -> reloaded.told(before).size() == 2);
        routes.apply(
                "policy.yaml",
                "tell: [creator]\n    over: [EMAIL, WHATSAPP, SYSTEM]\n    subject: Ticket Opened",
                "tell: [creator, admins]\n    over: [SYSTEM]\n    subject: Ticket Opened");
        String after = reloaded.event("ticket_opened");
        await().until(() -> reloaded.told(after).size() == 2);

        assertThat(reloaded.told(before)).containsExactly("2 EMAIL", "2 SYSTEM");
        assertThat(reloaded.told(after)).containsExactly("1 SYSTEM", "2 SYSTEM");
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
        String event = reloaded.event("ticket_approved");
        await().until(() -> reloaded.told(event).contains("1 SYSTEM"));

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

        reloaded.event("ticket_opened");
        new Rest(hub).get("/api/notifications/unread_count/", ReloadedHub.CLIENT);
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
        String opened = reloaded.event("ticket_opened");
        await().until(() -> reloaded.mails().stream().anyMatch(found -> found.contains("opened: " + opened)));
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

        String opened = reloaded.event("ticket_opened");
        await().until(() -> reloaded.mails().stream().anyMatch(mail -> mail.contains("opened: " + opened)));
    }

    @Test
    void a_channel_comes_and_goes_with_what_waits_for_it() throws Exception {
        gateway.usually(201, "{\"sid\":\"SM1\"}");
        String policy = ReloadedHub.smsLines().get(0);
        String retries = ReloadedHub.smsLines().get(1);

        // in any order: what is not whole yet is kept out
        assertThat(routes.refuse("policy.yaml", "\nchannels:\n", "\nchannels:\n" + policy))
                .contains("no route channel-sms");
        routes.refuse("policy.yaml", "SYSTEM]\n    subject: Ticket Opened", "SYSTEM, SMS]\n    subject: Ticket Opened");
        routes.refuse("retries.yaml", "\nchannels:\n", "\nchannels:\n" + retries);
        Path file = routes.folder().resolve("53-channel-sms.camel.yaml");
        Files.copy(Path.of("routes/examples/53-channel-sms.camel.yaml"), file);
        routes.awaitOther(digest);
        String first = reloaded.event("ticket_opened");
        await().until(() -> reloaded.endOf(first, "SMS").equals("SENT"));
        assertThat(gateway.received()).hasSize(1);

        routes.apply("53-channel-sms.camel.yaml", "idPointer: /sid", "idPointer: /id");
        gateway.usually(201, "{\"id\":\"other\"}");
        String other = reloaded.event("ticket_opened");
        await().until(() -> reloaded.endOf(other, "SMS").equals("SENT"));
        assertThat(hub.query("SELECT count(*) FROM notification_log WHERE provider_id IN ('SM1', 'other')"))
                .isEqualTo(2);

        // under another name its provider is another one, though its file says the same
        routes.save("policy.yaml", "  SMS:\n", "  TEXT:\n");
        routes.save("policy.yaml", "SYSTEM, SMS]", "SYSTEM, TEXT]");
        routes.save("retries.yaml", "  SMS:\n", "  TEXT:\n");
        routes.apply("53-channel-sms.camel.yaml", "value: SMS\n", "value: TEXT\n");
        String renamed = reloaded.event("ticket_opened");
        await().until(() -> reloaded.endOf(renamed, "TEXT").equals("SENT"));
        routes.save("policy.yaml", "  TEXT:\n", "  SMS:\n");
        routes.save("policy.yaml", "SYSTEM, TEXT]", "SYSTEM, SMS]");
        routes.save("retries.yaml", "  TEXT:\n", "  SMS:\n");
        routes.apply("53-channel-sms.camel.yaml", "value: TEXT\n", "value: SMS\n");

        gateway.usually(503, "");
        int received = gateway.received().size();
        String waits = reloaded.event("ticket_opened");
        await().until(() -> gateway.received().size() > received);
        routes.refuse("policy.yaml", policy, "");
        routes.refuse("policy.yaml", "SYSTEM, SMS]", "SYSTEM]");
        routes.apply("retries.yaml", retries, "");
        String without = routes.digest();
        Files.delete(file);
        routes.awaitOther(without);
        assertThat(routes.digest()).isEqualTo(digest);
        await().until(() -> reloaded.endOf(waits, "SMS").equals("FAILED CHANNEL_REMOVED"));
        await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
        assertThat(hub.bean(CamelContext.class).getRoute("channel-sms")).isNull();

        gateway.usually(201, "{\"sid\":\"SM2\"}");
        routes.save("policy.yaml", "\nchannels:\n", "\nchannels:\n" + policy);
        routes.save("policy.yaml", "SYSTEM]\n    subject: Ticket Opened", "SYSTEM, SMS]\n    subject: Ticket Opened");
        routes.save("retries.yaml", "\nchannels:\n", "\nchannels:\n" + retries);
        Files.copy(Path.of("routes/examples/53-channel-sms.camel.yaml"), file);
        routes.awaitOther(digest);
        String again = reloaded.event("ticket_opened");
        await().until(() -> reloaded.endOf(again, "SMS").equals("SENT"));
        Files.delete(file);
    }

    @Test
    void fifty_good_and_fifty_broken_versions_lose_and_double_nothing() throws Exception {
        await().until(() -> hub.query("SELECT count(*) FROM delivery") == 0);
        Mailbox.Counts mailed = hub.mailbox().counts();
        int first = reloaded.events();
        AtomicBoolean enough = new AtomicBoolean();
        try (Caller client = new Caller(hub.port(), ReloadedHub.CLIENT)) {
            await().until(() -> !client.frames().isEmpty());
            Thread posting = new Thread(() -> {
                while (!enough.get()) {
                    reloaded.event("ticket_opened");
                    await().until(() -> hub.query("SELECT count(*) FROM ticket_event") > reloaded.events() - 10);
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
            int all = reloaded.events() - first;
            assertThat(all).isGreaterThan(100);
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") >= reloaded.events()
                    && hub.query("SELECT count(*) FROM delivery") == 0);
            await().until(() -> client.frames().size() == all + 1);

            assertThat(hub.mailbox().counts().messages() - mailed.messages()).isEqualTo(all);
            assertThat(hub.mailbox().counts().duplicates()).isEqualTo(mailed.duplicates());
            assertThat(hub.query("SELECT count(*) FROM notification_log WHERE status = 'PENDING'"))
                    .isZero();
            assertThat(client.closed()).isNotDone();
        }
    }

    private static String log(String where) {
        return "        - log:\n            id: saved-" + where + "\n            message: saved step " + where + "\n";
    }
}
