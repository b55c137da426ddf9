package camelbell.dev;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * GreenMail's account that takes all mail: it counts each message, keeps it, and drops the oldest half when full. With
 * what an earlier process kept it begins, as if that had come again; what a reader deletes by IMAP comes back, too.
 */
final class BoundedInbox implements GreenMailUser {

    private final GreenMailUser account;
    private final MailFolder folder;
    private final int keep;
    private final KeptMails kept;
    private final DistinctIds messageIds = new DistinctIds();
    private long messages;
    private long duplicates;

    BoundedInbox(GreenMailUser account, ImapHostManager folders, int keep, KeptMails kept) {
        this.account = account;
        this.keep = keep;
        this.kept = kept;
        try {
            this.folder = folders.getInbox(account);
        } catch (FolderException e) {
            throw new IllegalStateException("The mailbox has no inbox", e);
        }
        kept.load().forEach(this::store);
    }

    @Override
    public void deliver(MovingMessage message) {
        deliver(message.getMessage());
    }

    @Override
    public void deliver(MimeMessage message) {
        store(message);
        try {
            kept.add(message);
            trim();
        } catch (Exception e) {
            throw new IllegalStateException("The mailbox cannot keep a message", e);
        }
    }

    private void store(MimeMessage message) {
        count(message);
        try {
            folder.store(message);
        } catch (Exception e) {
            throw new IllegalStateException("The mailbox cannot store a message", e);
        }
    }

    synchronized Mailbox.Counts counts() {
        return new Mailbox.Counts(messages, messageIds.size(), duplicates);
    }

    List<MimeMessage> newest(int limit) {
        List<MimeMessage> newestFirst = new ArrayList<>();
        folder.getMessages().forEach(stored -> newestFirst.add(stored.getMimeMessage()));
        Collections.reverse(newestFirst);
        return newestFirst.subList(0, Math.min(limit, newestFirst.size()));
    }

    synchronized void clear() {
        messages = 0;
        duplicates = 0;
        messageIds.clear();
        folder.deleteAllMessages();
        kept.trim(0);
    }

    private synchronized void count(MimeMessage message) {
        messages++;
        try {
            String id = message.getMessageID();
            duplicates += id != null && !messageIds.add(id) ? 1 : 0;
        } catch (MessagingException e) {
            throw new IllegalStateException("A message has no readable Message-ID", e);
        }
    }

    private synchronized void trim() throws FolderException {
        if (folder.getMessageCount() < 2 * keep) {
            return;
        }
        List<StoredMessage> stored = folder.getMessages();
        stored.subList(0, stored.size() - keep).forEach(message -> message.setFlag(Flags.Flag.DELETED, true));
        folder.expunge();
        kept.trim(keep);
    }

    @Override
    public String getEmail() {
        return account.getEmail();
    }

    @Override
    public String getLogin() {
        return account.getLogin();
    }

    @Override
    public void create() {
        account.create();
    }

    @Override
    public void delete() {
        account.delete();
    }

    @Override
    public String getPassword() {
        return account.getPassword();
    }

    @Override
    public void setPassword(String password) {
        account.setPassword(password);
    }

    @Override
    public void authenticate(String password) throws UserException {
        account.authenticate(password);
    }

    @Override
    public String getQualifiedMailboxName() {
        return account.getQualifiedMailboxName();
    }
}
