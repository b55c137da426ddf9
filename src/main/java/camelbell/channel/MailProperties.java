package camelbell.channel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The SMTP submission server and how it is used. Meanings, units and defaults stand in application.yaml.
 * Errors: a sender that is no address, or an attempt shorter than one of its waits, stops the start.
 */
@ConfigurationProperties("camelbell.mail")
record MailProperties(
        String host,
        int port,
        String username,
        String password,
        String from,
        String bouncesTo,
        String unsubscribeTo,
        boolean starttls,
        String trust,
        int concurrency,
        Duration connectTimeout,
        Duration readTimeout,
        Duration writeTimeout,
        Duration attemptTimeout,
        int reuse,
        Duration maxAge,
        Duration maxIdle) {

    /** The port that speaks TLS from the first byte (RFC 8314). */
    private static final int SUBMISSIONS = 465;

    MailProperties {
        MailAddress.sender(from);
        if (!bouncesTo.isBlank()) {
            MailAddress.of(bouncesTo);
        }
        if (!unsubscribeTo.isBlank()) {
            MailAddress.of(unsubscribeTo);
        }
        if (attemptTimeout.compareTo(readTimeout) < 0 || attemptTimeout.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException("camelbell.mail.attempt-timeout is " + attemptTimeout
                    + "; it must not be shorter than connect-timeout and read-timeout");
        }
    }

    boolean tlsFromTheStart() {
        return port == SUBMISSIONS;
    }

    boolean authenticates() {
        return !username.isBlank();
    }

    /** Where bounces go. */
    String envelopeSender() {
        return bouncesTo.isBlank() ? MailAddress.sender(from).getAddress() : bouncesTo;
    }
}
