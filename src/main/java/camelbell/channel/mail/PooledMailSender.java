package camelbell.channel.mail;

import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.stereotype.Component;

/**
 * Sends over connections that stay open: one for each thread that sends at a time, at most
 * {@code camelbell.mail.concurrency}. Camel's own sender connects, greets and authenticates for every message.
 * Errors: as the mail library throws them; the connection is then dropped, whatever went wrong.
 */
@Component("pooledMailSender")
class PooledMailSender extends DefaultJavaMailSender {

    static {
        // Without it Jakarta Mail searches the class path for its provider at every message and body part: less than
        // half the speed. Whoever sets the property on the command line knows better.
        System.getProperties()
                .putIfAbsent("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    }

    private static final Duration BETWEEN_EVICTIONS = Duration.ofSeconds(10);

    private final MailProperties properties;
    private final GenericObjectPool<SmtpConnection> pool;

    /** Apart, since the library decides once for a connection whether what it says is ASCII or UTF-8. */
    private final GenericObjectPool<SmtpConnection> international;

    private final Session internationalSession;

    PooledMailSender(MailProperties properties) {
        SmtpConnections connections = new SmtpConnections(properties, false);
        SmtpConnections beyondAscii = new SmtpConnections(properties, true);
        this.properties = properties;
        this.pool = new GenericObjectPool<>(connections, config(properties));
        this.international = new GenericObjectPool<>(beyondAscii, config(properties));
        this.internationalSession = beyondAscii.session();
        setSession(connections.session());
    }

    /** What a mail to this address is to be made with. */
    Session session(InternetAddress recipient) {
        return MailAddress.isInternational(recipient) ? internationalSession : getSession();
    }

    @Override
    public void send(MimeMessage message) throws MessagingException {
        try (AttemptDeadline deadline = new AttemptDeadline(properties.attemptTimeout())) {
            try {
                deliver(message);
            } catch (MessagingException e) {
                throw deadline.isOver() ? tooSlow(e) : e;
            }
        }
    }

    private void deliver(MimeMessage message) throws MessagingException {
        boolean beyondAscii = Arrays.stream(message.getAllRecipients()).anyMatch(MailAddress::isInternational);
        GenericObjectPool<SmtpConnection> connections = beyondAscii ? international : pool;
        SmtpConnection connection = borrow(connections);
        boolean good = false;
        try {
            if (beyondAscii && !connection.isInternational()) {
                good = true;
                throw new NoSmtpUtf8Exception();
            }
            connection.send(message);
            good = true;
        } finally {
            if (good) {
                connections.returnObject(connection);
            } else {
                drop(connections, connection);
            }
        }
    }

    private static SmtpConnection borrow(GenericObjectPool<SmtpConnection> connections) throws MessagingException {
        try {
            return connections.borrowObject();
        } catch (MessagingException e) {
            throw e;
        } catch (Exception e) {
            throw new MessagingException("no SMTP connection", e);
        }
    }

    private static void drop(GenericObjectPool<SmtpConnection> connections, SmtpConnection connection)
            throws MessagingException {
        try {
            connections.invalidateObject(connection);
        } catch (Exception e) {
            throw new MessagingException("cannot drop an SMTP connection", e);
        }
    }

    private MessagingException tooSlow(MessagingException cause) {
        SocketTimeoutException timeout =
                new SocketTimeoutException("the attempt took longer than " + properties.attemptTimeout());
        timeout.initCause(cause);
        return new MessagingException("SMTP server too slow", timeout);
    }

    @PreDestroy
    void close() {
        pool.close();
        international.close();
    }

    private static GenericObjectPoolConfig<SmtpConnection> config(MailProperties properties) {
        GenericObjectPoolConfig<SmtpConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(properties.concurrency());
        config.setMaxIdle(properties.concurrency());
        config.setMaxWait(properties.attemptTimeout());
        config.setTestOnBorrow(true);
        config.setTimeBetweenEvictionRuns(BETWEEN_EVICTIONS);
        config.setMinEvictableIdleDuration(properties.maxIdle());
        config.setNumTestsPerEvictionRun(properties.concurrency());
        config.setJmxEnabled(false);
        return config;
    }
}
