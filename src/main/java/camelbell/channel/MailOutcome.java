package camelbell.channel;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.stereotype.Component;

/**
 * Reads what the SMTP server did as an outcome. Reasons are short, stable and hold no address.
 * Source: RFC 5321 §4.2.1 (4yz: try again, 5yz: never), RFC 3463 (the enhanced code, which is preferred).
 */
@Component("mailOutcome")
class MailOutcome {

    /** The server took it. */
    public DeliveryOutcome accepted(MimeMessage message) throws MessagingException {
        return new Sent(message.getMessageID());
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome failed(Exception exception) {
        Chain chain = new Chain(exception);
        if (chain.find(UnusableAddressException.class) != null) {
            return new FailedForGood("INVALID_ADDRESS");
        }
        if (chain.find(AuthenticationFailedException.class) != null) {
            return new FailedForNow("SMTP AUTHENTICATION", null);
        }
        SmtpReply reply = SmtpReply.find(chain);
        if (reply != null) {
            return reply.isPermanent() ? new FailedForGood(reply.reason()) : new FailedForNow(reply.reason(), null);
        }
        return new FailedForNow(connection(chain), null);
    }

    private static String connection(Chain chain) {
        if (chain.find(SocketTimeoutException.class) != null) {
            return "SMTP TIMEOUT";
        }
        if (chain.find(MailConnectException.class) != null) {
            return "SMTP CONNECT";
        }
        if (chain.find(IOException.class) != null) {
            return "SMTP CONNECTION LOST";
        }
        return chain.find(MessagingException.class) != null ? "SMTP SESSION" : Unexpected.reason(chain.first());
    }
}
