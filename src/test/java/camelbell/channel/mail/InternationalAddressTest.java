package camelbell.channel.mail;

import static camelbell.model.ADelivery.aDelivery;
import static camelbell.model.ADelivery.readerAt;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.address.MailAddresses;
import camelbell.channel.ShippedRetries;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.MailContent;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses with a local part beyond ASCII: RFC 6531 where the server offers it, and not otherwise. */
class InternationalAddressTest {

    private static final String OFFERED = "250-scripted\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES";

    private static final MailContent CONTENT = new MailContent("Drucker für Jürgen", "Grüße", "<p>Grüße</p>", null);

    @ParameterizedTest
    @CsvSource({
        "jürgen@example.org, jürgen@example.org",
        "'ju\u0308rgen@example.org', jürgen@example.org",
        "用户@例子.example, 用户@xn--fsqu00a.example",
        "उपयोगकर्ता@example.org, उपयोगकर्ता@example.org",
        "a.ñ+tag@example.org, a.ñ+tag@example.org"
    })
    void a_server_that_offers_smtputf8_gets_the_address_in_utf_8(String written, String sent) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(true);
                Sender sender = new Sender(server)) {
            server.answer("EHLO", OFFERED);
            assertThat(sender.outcome(written)).isInstanceOf(Sent.class);

            assertThat(server.envelopes())
                    .hasSize(2)
                    .anySatisfy(mail -> assertThat(mail)
                            .startsWith("MAIL FROM:<t@example.org>")
                            .endsWith(" SMTPUTF8"))
                    .contains("RCPT TO:<" + sent + ">");
            assertThat(new String(server.messages().get(0).getBytes(ISO_8859_1), UTF_8))
                    .contains("\r\nTo: " + sent + "\r\n")
                    .containsPattern("\r\nSubject: (?:=\\?UTF-8\\?|Drucker für Jürgen)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jürgen@example.org", "用户@例子.example"})
    void from_a_server_that_does_not_it_is_skipped_with_that_reason_and_the_connection_stays(String address)
            throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(true);
                Sender sender = new Sender(server)) {
            assertThat(sender.outcome(address)).isEqualTo(new Skipped("NO_SMTPUTF8"));
            assertThat(sender.outcome(address)).isEqualTo(new Skipped("NO_SMTPUTF8"));

            assertThat(server.envelopes()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_mail_to_an_ascii_address_is_the_same_whatever_the_server_offers() throws IOException {
        try (ScriptedSmtp plain = new ScriptedSmtp(true);
                ScriptedSmtp offering = new ScriptedSmtp(true);
                Sender toPlain = new Sender(plain);
                Sender toOffering = new Sender(offering)) {
            offering.answer("EHLO", "250-scripted\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES");
            // one mail of the other kind before it
            assertThat(toOffering.outcome("jürgen@example.org")).isInstanceOf(Sent.class);
            assertThat(toOffering.outcome("carla@bücher.example")).isInstanceOf(Sent.class);
            assertThat(toPlain.outcome("carla@bücher.example")).isInstanceOf(Sent.class);

            assertThat(offering.envelopes().subList(2, 4)).isEqualTo(plain.envelopes());
            assertThat(plain.envelopes())
                    .containsExactly("MAIL FROM:<t@example.org>", "RCPT TO:<carla@xn--bcher-kva.example>");
            String mail = offering.messages().get(1);
            assertThat(alike(mail)).isEqualTo(alike(plain.messages().get(0)));
            assertThat(mail).isASCII().contains("\r\nSubject: =?UTF-8?");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jür gen@example.org", "jür\u0007gen@example.org", ".jü@example.org", "jü\u2028@example.org"})
    void what_no_server_could_take_is_no_address(String address) throws IOException {
        try (ScriptedSmtp server = new ScriptedSmtp(true);
                Sender sender = new Sender(server)) {
            server.answer("EHLO", OFFERED);
            assertThat(sender.outcome(address)).isEqualTo(new FailedForGood("INVALID_ADDRESS"));
            assertThat(server.envelopes()).isEmpty();
        }
    }

    @Test
    void both_forms_of_a_letter_are_one_address() {
        assertThat(MailAddresses.comparable("Ju\u0308rgen@example.org")).isEqualTo("jürgen@example.org");
    }

    /** But for what the mail library makes up anew for each mail. */
    private static String alike(String mail) {
        return mail.replaceAll("----=_Part_[0-9_.]+", "part");
    }

    /** What the channel does, without its route. */
    private static final class Sender implements AutoCloseable {

        private final PooledMailSender sender;
        private final MailEnvelope envelopes;
        private final MailOutcome outcomes = new MailOutcome(ShippedRetries.errors());

        Sender(ScriptedSmtp server) {
            MailProperties properties = properties(server.port());
            sender = new PooledMailSender(properties);
            envelopes = new MailEnvelope(sender, properties);
        }

        DeliveryOutcome outcome(String address) {
            Delivery delivery = aDelivery().to(readerAt("email", address)).delivery();
            try {
                MimeMessage message = envelopes.seal(delivery, CONTENT);
                sender.send(message);
                return outcomes.accepted(message);
            } catch (MessagingException | RuntimeException e) {
                return outcomes.failed(delivery, e);
            }
        }

        @Override
        public void close() {
            sender.close();
        }

        private static MailProperties properties(int port) {
            Duration soon = Duration.ofSeconds(20);
            return new MailProperties(
                    "127.0.0.1",
                    port,
                    "",
                    "",
                    "t@example.org",
                    "",
                    "",
                    false,
                    false,
                    "",
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
}
