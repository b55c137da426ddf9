package camelbell.channel.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Tells a connection that broke before the message's end, when the server must forget it, from one that broke after it.
 * Source: RFC 5321 §4.2.5 and §6.1.
 */
final class SubmissionTransport extends SMTPTransport {

    private static final int FIRST_REFUSAL = 400;

    SubmissionTransport(Session session) {
        super(session, null);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        try {
            super.finishData();
        } catch (IOException | MessagingException e) {
            // the last code is that of DATA, or below zero for a connection that was closed
            if (getLastReturnCode() < FIRST_REFUSAL) {
                throw new NoAnswerException(e);
            }
            throw e;
        }
    }
}
