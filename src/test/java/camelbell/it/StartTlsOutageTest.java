package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.SelfSigned;
import camelbell.dev.StartTlsSmtp;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole hub whose mail server cannot give the encryption that camelbell.mail.starttls requires: F12 of the test catalogue. */
@Tag("long")
class StartTlsOutageTest {

    private static final int PEOPLE = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void e_mail_waits_unharmed_and_unread_until_it_is_encrypted_for_the_right_server_and_the_others_go_on()
            throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger breaker = (Logger) LoggerFactory.getLogger("camelbell.channel.Breaker");
        var ours = SelfSigned.in(folder, "ours", "localhost");
        var strangers = SelfSigned.in(folder, "strangers", "localhost");
        try (StartTlsSmtp server = new StartTlsSmtp(null);
                Hub hub = new Hub(
                        QuickRoutes.in(routes, "schedule: [30s, 5m,", "schedule: [1s, 1s,")
                                .setting(),
                        "camelbell.mail.port=" + server.port(),
                        "camelbell.mail.starttls=true",
                        "camelbell.mail.trust=" + folder.resolve("ours.pem"))) {
            log.start();
            breaker.addAppender(log);
            Management management = new Management(hub);
            People.admins(hub, PEOPLE);

            People.event(hub, "not-offered");
            await().until(() -> othersSent(hub) == 2 * PEOPLE && alerts(log, Level.ERROR) == 1);
            await().until(() -> count(server.clear(), "EHLO") >= 3);
            assertWaiting(hub, management, PEOPLE);
            assertThat(reason(management)).isEqualTo("SMTP TLS");

            server.offer(strangers);
            People.event(hub, "not-trusted");
            await().until(() -> othersSent(hub) == 4 * PEOPLE);
            await().until(() -> count(server.clear(), "STARTTLS") >= 3);
            assertWaiting(hub, management, 2 * PEOPLE);
            assertThat(server.encrypted()).isEmpty();
            await().until(() -> reason(management).equals("SMTP TLS CERTIFICATE NOT TRUSTED"));

            server.offer(ours);
            await().until(() ->
                    hub.query("SELECT count(*) FROM notification_log WHERE channel = 'EMAIL' AND status = 'SENT'")
                            == 2 * PEOPLE);
            assertThat(count(server.encrypted(), "RCPT TO")).isEqualTo(2 * PEOPLE);
            assertThat(server.clear())
                    .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS") || line.equals("QUIT"));
            assertThat(alerts(log, Level.ERROR)).isEqualTo(1);
            assertThat(alerts(log, Level.INFO)).isEqualTo(1);
        } finally {
            breaker.detachAppender(log);
        }
    }

    private static void assertWaiting(Hub hub, Management management, int mails) throws Exception {
        assertThat(hub.query("SELECT count(*) FROM notification_log WHERE channel = 'EMAIL' AND status = 'PENDING'"))
                .isEqualTo(mails);
        assertThat(hub.query("SELECT max(attempt) FROM delivery")).isLessThanOrEqualTo(1);
        assertThat(management.health("channels", "EMAIL").path("breaker").asText())
                .isIn("open", "half-open");
        assertThat(management.health("channels", "WHATSAPP").path("breaker").asText())
                .isEqualTo("closed");
        await().until(() -> management.status("/actuator/health/readiness") == 200);
    }

    private static String reason(Management management) throws Exception {
        return management.health("channels", "EMAIL").path("reason").asText();
    }

    private static long othersSent(Hub hub) {
        return hub.query("SELECT count(*) FROM notification_log WHERE channel <> 'EMAIL' AND status = 'SENT'");
    }

    private static long alerts(ListAppender<ILoggingEvent> log, Level level) {
        synchronized (log) { // as the appender does
            return log.list.stream().filter(line -> line.getLevel() == level).count();
        }
    }

    private static long count(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).count();
    }
}
