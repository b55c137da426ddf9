package camelbell.channel;

import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.time.Duration;
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

    PooledMailSender(MailProperties properties) {
        SmtpConnections connections = new SmtpConnections(properties);
        this.properties = properties;
        this.pool = new GenericObjectPool<>(connections, config(properties));
        setSession(connections.session());
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
        SmtpConnection connection = borrow();
        boolean done = false;
        try {
            connection.send(message);
            done = true;
        } finally {
            if (done) {
                pool.returnObject(connection);
            } else {
                drop(connection);
            }
        }
    }

    private SmtpConnection borrow() throws MessagingException {
        try {
            return pool.borrowObject();
        } catch (MessagingException e) {
            throw e;
        } catch (Exception e) {
            throw new MessagingException("no SMTP connection", e);
        }
    }

    private void drop(SmtpConnection connection) throws MessagingException {
        try {
            pool.invalidateObject(connection);
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
