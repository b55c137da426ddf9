package camelbell.receipt;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A mail's bytes, as far as they are few: fetched once, so that reading them asks the server nothing more. */
final class MailBytes extends OutputStream {

    /** A report holds headers or a mail of ours, both of some kilobytes. */
    static final int MOST = 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);

    private MailBytes() {}

    /**
     * Null for a mail that is too large. Its size is not asked for beforehand: IMAP answers that together with a summary
     * of the headers, which fails for broken ones.
     */
    static byte @Nullable [] of(Message mail) throws MessagingException, IOException {
        MailBytes all = new MailBytes();
        try {
            mail.writeTo(all);
        } catch (TooLarge e) {
            return null;
        }
        return all.bytes.toByteArray();
    }

    @Override
    public void write(int one) throws IOException {
        requireCapacity(1);
        bytes.write(one);
    }

    @Override
    public void write(byte[] more, int from, int length) throws IOException {
        requireCapacity(length);
        bytes.write(more, from, length);
    }

    private void requireCapacity(int more) throws TooLarge {
        if (bytes.size() + more > MOST) {
            throw new TooLarge();
        }
    }

    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1;
    }
}
