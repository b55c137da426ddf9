package camelbell.channel.mail;

import camelbell.channel.Chain;
import camelbell.channel.ErrorClasses;
import camelbell.channel.TlsFault;
import camelbell.channel.Unexpected;
import camelbell.channel.UnusableAddressException;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.springframework.stereotype.Component;

/**
 * Reads what the SMTP server did; routes/retries.yaml says what follows. Reasons are short, stable and hold no address.
 * Source: RFC 5321 §4.2.1 (reply codes), RFC 3463 (enhanced codes).
 */
@Component("mailOutcome")
class MailOutcome {

    private static final String TLS = "SMTP TLS";

    private final Current<ErrorClasses> classes;

    MailOutcome(Current<ErrorClasses> classes) {
        this.classes = classes;
    }

    /** The server took it. */
    public DeliveryOutcome accepted(MimeMessage message) throws MessagingException {
        return new Sent(message.getMessageID());
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome failed(Delivery delivery, Exception exception) {
        Chain chain = new Chain(exception);
        if (chain.find(UnusableAddressException.class) != null) {
            return new FailedForGood("INVALID_ADDRESS");
        }
        if (chain.find(NoSmtpUtf8Exception.class) != null) {
            return new Skipped("NO_SMTPUTF8");
        }
        if (chain.find(NoAnswerException.class) != null) {
            return classes.now().outcome(delivery, "SMTP NO ANSWER");
        }
        SmtpReply reply = SmtpReply.find(chain);
        if (reply != null) {
            DeliveryOutcome outcome = classes.now().outcome(delivery, reply.reason(), null, reply.evidence());
            return outcome instanceof FailedForGood && reply.isDeadAddress()
                    ? new FailedForGood(reply.reason(), true)
                    : outcome;
        }
        if (chain.find(MessagingException.class) == null && chain.find(IOException.class) == null) {
            Unexpected.log(delivery, chain.first());
            return classes.now().outcome(delivery, Unexpected.REASON);
        }
        String kind = connection(chain);
        String fault = kind.equals(TLS) ? TlsFault.of(chain) : null;
        String reason = fault == null ? kind : kind + " " + fault;
        return classes.now().outcome(delivery, reason, null, List.of(reason, kind));
    }

    private static String connection(Chain chain) {
        if (chain.find(SSLException.class) != null || SmtpReply.wantsTls(chain) || TlsFault.of(chain) != null) {
            return TLS;
        }
        if (chain.find(AuthenticationFailedException.class) != null && !SmtpReply.hungUp(chain)) {
            return "SMTP AUTHENTICATION";
        }
        if (chain.find(MailConnectException.class) != null) {
            return "SMTP CONNECT";
        }
        if (chain.find(SocketTimeoutException.class) != null) {
            return "SMTP TIMEOUT";
        }
        return chain.find(IOException.class) != null || SmtpReply.hungUp(chain)
                ? "SMTP CONNECTION LOST"
                : "SMTP SESSION";
    }
}
