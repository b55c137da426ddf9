package camelbell.dev;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;

/**
 * A real SMTP server for every address there is, and one IMAP account to read what came: {@code mailbox}, password
 * {@code mailbox}. All mail is counted; the newest is kept.
 */
public final class Mailbox implements AutoCloseable {

    private static final String ACCOUNT = "mailbox";

    static {
        // Without it Jakarta Mail searches the whole class path for its provider at each message and body part: a third
        // of the speed.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    }

    private final RulingMailServer server;
    private final BoundedInbox inbox;

    /** Listens on host (0: free ports) and keeps at least this many messages, at most twice as many. */
    public Mailbox(String host, int smtpPort, int imapPort, int keep) {
        server = new RulingMailServer(new ServerSetup[] {
            setup(smtpPort, host, ServerSetup.PROTOCOL_SMTP), setup(imapPort, host, ServerSetup.PROTOCOL_IMAP)
        });
        server.start();
        inbox = new BoundedInbox(account(), server.getManagers().getImapHostManager(), keep);
        server.getUserManager().setMessageDeliveryHandler((message, address) -> inbox);
    }

    public int smtpPort() {
        return server.getSmtp().getPort();
    }

    public int imapPort() {
        return server.getImap().getPort();
    }

    /** Messages that came, counted once for each envelope recipient. */
    public Counts counts() {
        return inbox.counts();
    }

    /** The newest messages, newest first. */
    public List<MimeMessage> newest(int limit) {
        return inbox.newest(limit);
    }

    /** From now on the server answers so to this recipient, such as {@code 450 4.2.0 come back later}. */
    public void refuse(String address, String reply) {
        server.rules().refuse(address, reply);
    }

    /** Ends {@link #refuse}. */
    public void accept(String address) {
        server.rules().accept(address);
    }

    /** Forgets messages, counts and refusals. */
    public void reset() {
        server.rules().clear();
        inbox.clear();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static ServerSetup setup(int port, String host, String protocol) {
        ServerSetup setup = new ServerSetup(port, host, protocol);
        setup.setServerStartupTimeout(20_000);
        return setup;
    }

    private GreenMailUser account() {
        try {
            return server.getUserManager().createUser("mailbox@localhost", ACCOUNT, ACCOUNT);
        } catch (UserException e) {
            throw new IllegalStateException("Cannot create the mailbox's account", e);
        }
    }

    /** Since the start or the last reset; {@code duplicates} are messages whose Message-ID came before. */
    public record Counts(long messages, long distinctMessageIds, long duplicates) {}
}
