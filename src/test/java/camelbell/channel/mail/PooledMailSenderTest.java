package camelbell.channel.mail;

import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.channel.ShippedRetries;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.MailContent;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PooledMailSenderTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final ScriptedSmtp server = new ScriptedSmtp(false);
    private PooledMailSender sender = sender(100, Duration.ofSeconds(30), false, "");

    @AfterEach
    void stop() throws IOException {
        sender.close();
        server.close();
    }

    @Test
    void one_connection_serves_many_messages() throws MessagingException {
        send(20);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void a_connection_is_replaced_when_it_has_served_enough() throws MessagingException {
        sender = sender(5, Duration.ofSeconds(30), false, "");
        send(20);
        assertThat(server.connections()).isEqualTo(4);
    }

    @Test
    void a_connection_is_dropped_after_any_failure() throws MessagingException {
        send(1);
        server.answer("RCPT", "450 busy");
        assertThat(failure()).isEqualTo(new FailedForNow("SMTP 450", null));
        server.reset();
        send(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_connection_that_the_server_closed_meanwhile_costs_no_message() throws MessagingException {
        send(1);
        server.hangUp();
        long idleSince = System.nanoTime();
        await().until(() ->
                System.nanoTime() - idleSince > Duration.ofMillis(150).toNanos());
        send(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void an_idle_connection_is_replaced() throws MessagingException {
        sender = sender(100, Duration.ofMillis(50), false, "");
        send(1);
        long idleSince = System.nanoTime();
        await().until(() ->
                System.nanoTime() - idleSince > Duration.ofMillis(60).toNanos());
        send(1);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void a_server_that_does_not_want_us_is_no_fault_of_the_message() {
        for (String greeting : new String[] {"554 no service here", "421 4.3.2 closing", ScriptedSmtp.HANG_UP}) {
            server.answer("HELLO", greeting);
            assertThat(failure()).as(greeting).isInstanceOfAny(Unavailable.class, Slowed.class, Stopped.class);
        }
    }

    @Test
    void a_greeting_that_drips_is_cut_off() {
        sender = hasty();
        server.answer("HELLO", ScriptedSmtp.DRIP);
        assertThat(failure()).isEqualTo(new Unavailable("SMTP TIMEOUT", null));
    }

    @Test
    void a_reply_that_drips_before_the_message_is_out_is_cut_off_and_nothing_was_sent() {
        sender = hasty();
        server.answer("RCPT", ScriptedSmtp.DRIP);
        assertThat(failure()).isEqualTo(new Unavailable("SMTP TIMEOUT", null));
    }

    /** The message's end was never said, so it cannot have been taken: RFC 5321 §4.1.1.4. */
    @Tag("long")
    @Test
    void a_server_that_stops_reading_in_mid_message_holds_no_thread_longer_than_a_write_may_take() {
        sender = hasty();
        server.answer("DATA", ScriptedSmtp.STOP_READING);
        String more = "sixty-four bytes a line, more of them than any buffer between us\n".repeat(400_000);
        long begun = System.nanoTime();

        assertThat(failure(more)).isInstanceOf(Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void required_starttls_is_required() {
        sender = sender(100, Duration.ofSeconds(30), true, "");
        assertThat(failure()).isEqualTo(new Stopped("SMTP TLS"));
    }

    @Test
    void a_refused_login_closes_the_channel_not_the_delivery() {
        sender = sender(100, Duration.ofSeconds(30), false, "somebody");
        server.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN");
        server.answer("AUTH", "535 5.7.8 no");
        assertThat(failure()).isEqualTo(new Stopped("SMTP AUTHENTICATION"));
    }

    @Test
    void a_login_that_cannot_be_checked_now_is_asked_for_again() {
        sender = sender(100, Duration.ofSeconds(30), false, "somebody");
        server.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN");
        server.answer("AUTH", "454 4.7.0 ask me later");
        assertThat(failure()).isEqualTo(new Unavailable("SMTP 454 4.7.0", null));
    }

    @Test
    void nobody_listening_is_a_provider_away() {
        sender = new PooledMailSender(properties(1, "t@example.org", 100, Duration.ofSeconds(30), false, "", PATIENT));
        assertThat(failure()).isEqualTo(new Unavailable("SMTP CONNECT", null));
    }

    @Test
    void a_sender_that_is_no_address_stops_the_start() {
        assertThatThrownBy(() -> properties("a@b.org, c@d.org", 100, Duration.ofSeconds(30), false, ""))
                .hasMessageContaining("camelbell.mail.from");
    }

    private DeliveryOutcome failure() {
        return failure("text");
    }

    private DeliveryOutcome failure(String text) {
        try {
            sender.send(message(1, text));
        } catch (MessagingException e) {
            return new MailOutcome(ShippedRetries.errors()).failed(aDelivery().delivery(), e);
        }
        throw new AssertionError("the message was sent");
    }

    private void send(int messages) throws MessagingException {
        for (int i = 0; i < messages; i++) {
            sender.send(message(i, "text"));
        }
    }

    private MimeMessage message(long id, String text) throws MessagingException {
        MailProperties properties = properties("t@example.org", 100, Duration.ofSeconds(30), false, "");
        return new MailEnvelope(sender, properties)
                .seal(aDelivery().delivery(id), new MailContent("Subject", text, "<p>html</p>", null));
    }

    /** One whose times run out soon; a stall of the machine would cut any other off. */
    private PooledMailSender hasty() {
        return new PooledMailSender(properties(
                server.port(), "t@example.org", 100, Duration.ofSeconds(30), false, "", Duration.ofSeconds(1)));
    }

    private PooledMailSender sender(int reuse, Duration maxIdle, boolean starttls, String username) {
        return new PooledMailSender(properties("t@example.org", reuse, maxIdle, starttls, username));
    }

    private MailProperties properties(String from, int reuse, Duration maxIdle, boolean starttls, String username) {
        return properties(server.port(), from, reuse, maxIdle, starttls, username, PATIENT);
    }

    private static MailProperties properties(
            int port, String from, int reuse, Duration maxIdle, boolean starttls, String username, Duration timeout) {
        return new MailProperties(
                "127.0.0.1",
                port,
                username,
                "password",
                from,
                "",
                "",
                starttls,
                false,
                "",
                4,
                timeout,
                timeout,
                timeout,
                timeout.multipliedBy(2),
                reuse,
                Duration.ofMinutes(5),
                maxIdle);
    }
}
