package camelbell.it;

import static org.awaitility.Awaitility.await;

import camelbell.dev.ScriptedGateway;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hub that runs on a folder of files that are saved meanwhile, what happens to the events posted to it, and an SMS gateway. */
final class ReloadedHub implements AutoCloseable {

    static final int ADMIN = 1;
    static final int CLIENT = 2;

    final ScriptedGateway gateway = new ScriptedGateway(null);
    final Hub hub;
    final SavedRoutes routes;
    private final AtomicInteger events = new AtomicInteger();

    ReloadedHub(Path folder) throws IOException {
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

    @Override
    public void close() {
        hub.close();
        gateway.close();
    }

    /** How many were posted so far. */
    int events() {
        return events.get();
    }

    /** The lines for the example channel SMS, as its page has them: policy.yaml's, then retries.yaml's with short waits. */
    static List<String> smsLines() throws IOException {
        Matcher lines = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("routes/examples/README.md")));
        List<String> found = lines.results().map(block -> block.group(1)).toList();
        return List.of(found.get(0), found.get(1).replaceFirst("schedule: \\[[^\\]]*]", "schedule: [1s, 1s, 1s]"));
    }

    private void user(int id, String role, String email, String more) {
        hub.post(
                "users",
                String.valueOf(id),
                "{\"id\":%d,\"username\":\"user_%d\",\"name\":\"User\",\"role\":\"%s\",\"email\":\"%s\"%s}"
                        .formatted(id, id, role, email, more));
    }

    /** Posts one, of a ticket of the client's with its id as its title; answers the id. */
    String event(String type) {
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

    List<String> told(String event) {
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

    String endOf(String event, String channel) {
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

    List<String> mails() throws MessagingException, IOException {
        List<String> texts = new ArrayList<>();
        for (MimeMessage mail : hub.mailbox().newest(100)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            mail.writeTo(bytes);
            texts.add(bytes.toString(StandardCharsets.UTF_8).replace("=\r\n", ""));
        }
        return texts;
    }
}
