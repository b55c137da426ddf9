package camelbell.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Opens, checks and closes the pool's connections, each within the {@link AttemptDeadline} of who needs it. */
final class SmtpConnections extends BasePooledObjectFactory<SmtpConnection> {

    private final Session session;
    private final MailProperties properties;

    SmtpConnections(MailProperties properties, boolean international) {
        this.properties = properties;
        this.session = SmtpSession.of(properties, new SmtpSocketFactory(), international);
    }

    Session session() {
        return session;
    }

    @Override
    public SmtpConnection create() throws MessagingException {
        SubmissionTransport transport = new SubmissionTransport(session);
        // null, not empty: the library would log in with an empty name
        String username = properties.authenticates() ? properties.username() : null;
        String password = properties.authenticates() ? properties.password() : null;
        transport.connect(properties.host(), properties.port(), username, password);
        return new SmtpConnection(transport, AttemptDeadline.watched());
    }

    @Override
    public PooledObject<SmtpConnection> wrap(SmtpConnection connection) {
        return new DefaultPooledObject<>(connection);
    }

    @Override
    public boolean validateObject(PooledObject<SmtpConnection> pooled) {
        return pooled.getObject().isGood(properties.reuse(), properties.maxAge(), properties.maxIdle());
    }

    @Override
    public void destroyObject(PooledObject<SmtpConnection> pooled) {
        pooled.getObject().close();
    }

    /** Plain sockets, each made known to the attempt that opens it. TLS is laid over them by the mail library. */
    private static final class SmtpSocketFactory extends SocketFactory {

        @Override
        public Socket createSocket() {
            Socket socket = new Socket();
            AttemptDeadline.watch(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("the mail library connects its sockets itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostName(), port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            return createSocket(host.getHostName(), port);
        }
    }
}
