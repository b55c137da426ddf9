package camelbell.dev;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * A real SMTP server for every address there is but the reserved ones ({@link MailRules}), and an IMAP account to read
 * what came: {@code mailbox}, password {@code mailbox}. All mail is counted; the newest is kept. Mails to addresses that
 * begin with {@code bounce} or {@code delay} are reported on in a second account, {@code bounces}, password alike.
 */
public final class Mailbox implements AutoCloseable {

    private static final String ACCOUNT = "mailbox";
    private static final int REPORT_DELAY_MS = 500;
    private static final String BOUNCES = "bounces";
    private static final Map<String, String> REPORTED = Map.of("bounce", "failed 5.1.1", "delay", "delayed 4.4.1");

    static {
        // Without it Jakarta Mail searches the whole class path for its provider at each message and body part: a third
        // of the speed.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    }

    private final RulingMailServer server;
    private final BoundedInbox inbox;
    private final GreenMailUser bounces;
    private final KeptMails keptReports;
    private final Timer later = new Timer("bounces", true);

    /** Listens on host (0: free ports) and keeps at least this many messages, at most twice as many. */
    public Mailbox(String host, int smtpPort, int imapPort, int keep) {
        this(host, smtpPort, imapPort, keep, null);
    }

    /** The same, beginning with what an earlier one kept in that folder. */
    Mailbox(String host, int smtpPort, int imapPort, int keep, @Nullable Path folder) {
        keptReports = new KeptMails(folder == null ? null : folder.resolve(BOUNCES));
        server = new RulingMailServer(new ServerSetup[] {
            setup(smtpPort, host, ServerSetup.PROTOCOL_SMTP),
            setup(imapPort, host, ServerSetup.PROTOCOL_IMAP),
            setup(0, host, ServerSetup.PROTOCOL_POP3)
        });
        server.start();
        bounces = account(BOUNCES);
        keptReports.load().forEach(bounces::deliver);
        keptReports.trim(0);
        inbox = new BoundedInbox(
                account(ACCOUNT),
                server.getManagers().getImapHostManager(),
                keep,
                new KeptMails(folder == null ? null : folder.resolve(ACCOUNT)));
        server.getUserManager().setMessageDeliveryHandler((message, address) -> {
            report(message.getMessage(), address.getEmail());
            return inbox;
        });
    }

    public int smtpPort() {
        return server.getSmtp().getPort();
    }

    public int imapPort() {
        return server.getImap().getPort();
    }

    /** Always a free one. */
    public int pop3Port() {
        return server.getPop3().getPort();
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

    /** Puts a whole mail, as it is, into the account that reports of mail servers are read from. */
    public void deliverReport(String mail) {
        deliver(bounces, mail);
    }

    /** The same into an account of that name, password alike, which is made when there is none. */
    public void deliverReport(String account, String mail) {
        GreenMailUser known = server.getUserManager().getUser(account);
        deliver(known == null ? account(account) : known, mail);
    }

    /** How many mails lie in that account. */
    public long left(String account) {
        try {
            return server.getManagers()
                    .getImapHostManager()
                    .getInbox(server.getUserManager().getUser(account))
                    .getMessageCount();
        } catch (FolderException e) {
            throw new IllegalStateException("The account " + account + " has no inbox", e);
        }
    }

    private static void deliver(GreenMailUser account, String mail) {
        try {
            byte[] bytes = mail.getBytes(StandardCharsets.UTF_8);
            account.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
        } catch (MessagingException e) {
            throw new IllegalStateException("The mailbox cannot store a report", e);
        }
    }

    /** Mails to reserved addresses are taken, and reported on a moment later. */
    private void report(MimeMessage mail, String to) throws MessagingException {
        String bounce = REPORTED.get(MailRules.word(to));
        if (bounce != null) {
            String[] words = bounce.split(" ", 2);
            String report = BounceWriter.report(mail, to, words[0], words[1]);
            later.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            deliverReport(report);
                        }
                    },
                    REPORT_DELAY_MS);
        }
    }

    @Override
    public void close() {
        later.cancel();
        keepReports();
        server.stop();
    }

    /** Those that the hub has not read yet: it empties the account while it reads. */
    private void keepReports() {
        try {
            for (StoredMessage report :
                    server.getManagers().getImapHostManager().getInbox(bounces).getNonDeletedMessages()) {
                keptReports.add(report.getMimeMessage());
            }
        } catch (FolderException | IOException | MessagingException e) {
            System.err.println("Reports that the hub has not read are lost: " + e.getMessage());
        }
    }

    private static ServerSetup setup(int port, String host, String protocol) {
        ServerSetup setup = new ServerSetup(port, host, protocol);
        setup.setServerStartupTimeout(20_000);
        return setup;
    }

    private GreenMailUser account(String name) {
        try {
            return server.getUserManager().createUser(name + "@localhost", name, name);
        } catch (UserException e) {
            throw new IllegalStateException("Cannot create the mailbox's account", e);
        }
    }

    /** Since the start or the last reset; {@code duplicates} are messages whose Message-ID came before. */
    public record Counts(long messages, long distinctMessageIds, long duplicates) {}
}
