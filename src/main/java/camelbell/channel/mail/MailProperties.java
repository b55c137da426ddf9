package camelbell.channel.mail;

import camelbell.channel.UnusableAddressException;
import camelbell.model.StartRefused;
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
        boolean implicitTls,
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

    private static final int MAX_PORT = 65_535;

    MailProperties {
        if (port < 1 || port > MAX_PORT) {
            throw new StartRefused("camelbell.mail.port is " + port + ": set it between 1 and " + MAX_PORT + ".");
        }
        MailAddress.sender(from);
        checkPlain(bouncesTo, "bounces-to");
        checkPlain(unsubscribeTo, "unsubscribe-to");
        if (attemptTimeout.compareTo(readTimeout) < 0 || attemptTimeout.compareTo(connectTimeout) < 0) {
            throw new StartRefused("camelbell.mail.attempt-timeout is " + attemptTimeout
                    + "; it must not be shorter than connect-timeout and read-timeout.");
        }
    }

    private static void checkPlain(String address, String key) {
        try {
            if (!address.isBlank()) {
                MailAddress.ascii(address);
            }
        } catch (UnusableAddressException bad) {
            throw new StartRefused(
                    "camelbell.mail." + key + " is \"" + address
                            + "\"; it must be one plain address such as bounces@example.org, or empty.",
                    bad);
        }
    }

    boolean tlsFromTheStart() {
        return implicitTls || port == SUBMISSIONS;
    }

    boolean authenticates() {
        return !username.isBlank();
    }

    /** Where bounces go. */
    String envelopeSender() {
        return (bouncesTo.isBlank() ? MailAddress.sender(from) : MailAddress.of(bouncesTo)).getAddress();
    }

    /** The password must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "MailProperties[host=" + host + ", port=" + port + ", concurrency=" + concurrency + "]";
    }
}
