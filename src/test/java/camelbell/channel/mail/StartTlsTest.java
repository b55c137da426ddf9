package camelbell.channel.mail;

import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.channel.ShippedRetries;
import camelbell.dev.Certificates;
import camelbell.dev.SelfSigned;
import camelbell.dev.StartTlsSmtp;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.MailContent;
import camelbell.model.StartRefused;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS as configured with {@code camelbell.mail.starttls=true}: encrypted and to whom we mean, or not at all. */
class StartTlsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static SSLContext ours;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static SSLContext anotherHosts;

    @BeforeAll
    static void certificates() throws Exception {
        ours = SelfSigned.in(folder, "ours", "localhost");
        anotherHosts = SelfSigned.in(folder, "other", "relay.example.org");
    }

    @Test
    void with_a_trusted_certificate_for_the_host_the_mail_goes_out_encrypted() throws IOException {
        try (StartTlsSmtp server = new StartTlsSmtp(ours)) {
            assertThat(outcome(server, folder.resolve("ours.pem").toString())).isInstanceOf(Sent.class);

            assertThat(server.encrypted())
                    .anyMatch(line -> line.startsWith("RCPT TO:<carla@example.org>"))
                    .contains("Subject: Secret", ".");
            assertNothingSaidInClear(server);
        }
    }

    @Test
    void with_a_certificate_that_nobody_vouches_for_nothing_is_sent_and_the_channel_stops() throws IOException {
        try (StartTlsSmtp server = new StartTlsSmtp(ours)) {
            assertThat(outcome(server, "")).isEqualTo(new Stopped("SMTP TLS CERTIFICATE NOT TRUSTED"));
            assertThat(server.encrypted()).isEmpty();
            assertNothingSaidInClear(server);
        }
    }

    @Test
    void with_a_trusted_certificate_for_another_host_nothing_is_sent_and_the_channel_stops() throws IOException {
        try (StartTlsSmtp server = new StartTlsSmtp(anotherHosts)) {
            assertThat(outcome(server, folder.resolve("other.pem").toString()))
                    .isEqualTo(new Stopped("SMTP TLS CERTIFICATE OF ANOTHER HOST"));
            assertThat(server.encrypted()).noneMatch(line -> line.startsWith("MAIL"));
            assertNothingSaidInClear(server);
        }
    }

    @Test
    void a_server_that_an_authority_of_our_own_vouches_for_is_trusted_by_starttls_and_from_the_first_byte()
            throws IOException {
        Certificates authority = Certificates.in(Files.createDirectory(folder.resolve("authority")));
        SSLContext issued = authority.context(authority.issue("relay", "localhost"));
        SSLContext elsewhere = authority.context(authority.issue("elsewhere", "relay.example.org"));
        String trust = authority.authority().toString();
        for (boolean implicit : List.of(false, true)) {
            try (StartTlsSmtp server = implicit ? StartTlsSmtp.implicit(issued) : new StartTlsSmtp(issued)) {
                assertThat(outcome(server, "")).isEqualTo(new Stopped("SMTP TLS CERTIFICATE NOT TRUSTED"));
                assertThat(outcome(server, folder.resolve("ours.pem").toString()))
                        .isEqualTo(new Stopped("SMTP TLS CERTIFICATE NOT TRUSTED"));
                assertThat(server.encrypted()).isEmpty();

                assertThat(outcome(server, trust)).isInstanceOf(Sent.class);
                assertThat(server.encrypted()).contains("Subject: Secret", ".");

                server.offer(elsewhere);
                assertThat(outcome(server, trust)).isEqualTo(new Stopped("SMTP TLS CERTIFICATE OF ANOTHER HOST"));
            }
        }
    }

    @Test
    void a_server_that_offers_no_tls_is_told_nothing_and_the_channel_stops() throws IOException {
        try (StartTlsSmtp server = new StartTlsSmtp(null)) {
            assertThat(outcome(server, "")).isEqualTo(new Stopped("SMTP TLS"));
            assertNothingSaidInClear(server);
        }
    }

    @Test
    void a_file_without_certificates_stops_the_start_with_its_name() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        for (String file :
                List.of(empty.toString(), folder.resolve("missing.pem").toString())) {
            assertThatThrownBy(() -> new PooledMailSender(properties(1, file, false)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("camelbell.mail.trust")
                    .hasMessageContaining(file);
        }
    }

    private static void assertNothingSaidInClear(StartTlsSmtp server) {
        assertThat(server.clear())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS") || line.equals("QUIT"));
    }

    private static DeliveryOutcome outcome(StartTlsSmtp server, String trust) {
        MailProperties properties = properties(server.port(), trust, server.isImplicit());
        PooledMailSender sender = new PooledMailSender(properties);
        MailOutcome outcomes = new MailOutcome(ShippedRetries.errors());
        try {
            MimeMessage message = new MailEnvelope(sender, properties)
                    .seal(aDelivery().delivery(), new MailContent("Secret", "text", "<p>html</p>", null));
            sender.send(message);
            return outcomes.accepted(message);
        } catch (MessagingException e) {
            return outcomes.failed(aDelivery().delivery(), e);
        } finally {
            sender.close();
        }
    }

    private static MailProperties properties(int port, String trust, boolean implicitTls) {
        Duration soon = Duration.ofSeconds(20);
        return new MailProperties(
                "localhost",
                port,
                "",
                "",
                "t@example.org",
                "",
                "",
                !implicitTls,
                implicitTls,
                trust,
                4,
                soon,
                soon,
                soon,
                soon,
                100,
                soon,
                soon);
    }
}
