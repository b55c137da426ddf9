package camelbell.channel.mail;

import camelbell.channel.UnusableAddressException;
import camelbell.model.Delivery;
import camelbell.model.MailContent;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.util.Date;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One MIME message for one person: text and HTML alternatives, and the headers by which programs thread, list and
 * never auto-answer it. No header value comes from an event; only the subject, encoded where anybody could read it as something else, and the body do.
 */
@Component("mailEnvelope")
class MailEnvelope {

    private final PooledMailSender sender;
    private final InternetAddress from;
    private final String domain;
    private final String unsubscribeTo;

    MailEnvelope(PooledMailSender sender, MailProperties properties) {
        this.sender = sender;
        this.from = MailAddress.sender(properties.from());
        this.domain = MailAddress.domain(from);
        this.unsubscribeTo = properties.unsubscribeTo().isBlank()
                ? ""
                : MailAddress.of(properties.unsubscribeTo()).getAddress();
    }

    /** Errors: {@link UnusableAddressException}. */
    public MimeMessage seal(@ExchangeProperty("delivery") Delivery delivery, @Body MailContent content)
            throws MessagingException {
        InternetAddress to = MailAddress.of(delivery.recipient().addressOn(delivery.channel()));
        MimeMessage message = new StableMessage(
                sender.session(to), "<notification-" + delivery.notificationId() + "@" + domain + ">");
        message.setFrom(from);
        String named = HeaderText.named(from);
        if (named != null) {
            message.setHeader("From", named);
        }
        message.setRecipient(RecipientType.TO, to);
        message.setHeader("Subject", HeaderText.of(content.subject(), 9));
        message.setSentDate(Date.from(delivery.createdAt()));
        String thread = "<ticket-" + delivery.event().ticket().id() + "@" + domain + ">";
        message.setHeader("In-Reply-To", thread);
        message.setHeader("References", thread);
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("List-Id", "<tickets." + domain + ">");
        unsubscribe(message, content.unsubscribe());
        message.setContent(new MimeMultipart(
                "alternative", TextPart.of(content.text(), "plain"), TextPart.of(content.html(), "html")));
        message.saveChanges();
        return message;
    }

    /** RFC 2369 and RFC 8058: a mail program's own button, one click without a login. DKIM-signing both is the relay's. */
    private void unsubscribe(MimeMessage message, @Nullable String link) throws MessagingException {
        if (link != null) {
            String token = link.substring(link.lastIndexOf('/') + 1);
            String mailto = unsubscribeTo.isEmpty() ? "" : ", <mailto:" + unsubscribeTo + "?subject=" + token + ">";
            message.setHeader("List-Unsubscribe", MimeUtility.fold(18, "<" + link + ">" + mailto));
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    /** Keeps its Message-ID when it is saved, so that a second attempt is recognised as the same message. */
    private static final class StableMessage extends MimeMessage {

        private final String id;

        StableMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
