package camelbell.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.Socket;
import java.time.Duration;

/** One connected SMTP transport, the socket below it, and how much it has been used. */
final class SmtpConnection {

    /** So soon after a message the connection is taken to be alive; later it is asked, at the cost of one NOOP. */
    private static final Duration SURELY_ALIVE = Duration.ofMillis(100);

    private final SubmissionTransport transport;
    private final Socket socket;
    private final long opened = System.nanoTime();
    private long lastUsed = opened;
    private int sent;

    SmtpConnection(SubmissionTransport transport, Socket socket) {
        this.transport = transport;
        this.socket = socket;
    }

    void send(MimeMessage message) throws MessagingException {
        transport.sendMessage(message, message.getAllRecipients());
        sent++;
        lastUsed = System.nanoTime();
    }

    /** Whether the server takes addresses beyond ASCII (RFC 6531). */
    boolean isInternational() {
        return transport.supportsExtension("SMTPUTF8");
    }

    boolean isGood(int reuse, Duration maxAge, Duration maxIdle) {
        if (sent >= reuse
                || passed(opened).compareTo(maxAge) > 0
                || passed(lastUsed).compareTo(maxIdle) > 0) {
            return false;
        }
        AttemptDeadline.watch(socket);
        return passed(lastUsed).compareTo(SURELY_ALIVE) < 0 || transport.isConnected();
    }

    void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            // it is being thrown away because it is of no use
        }
    }

    private static Duration passed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
