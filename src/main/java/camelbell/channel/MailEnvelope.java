package camelbell.channel;

import camelbell.model.Delivery;
import camelbell.model.Letter;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import org.springframework.stereotype.Component;

/**
 * One MIME message for one person: text and HTML alternatives, and the headers by which programs thread, list and
 * never auto-answer it. No header value comes from an event; only the encoded subject and the body do.
 */
@Component("mailEnvelope")
class MailEnvelope {

    private final Session session;
    private final InternetAddress from;
    private final String domain;

    MailEnvelope(PooledMailSender sender, MailProperties properties) {
        this.session = sender.getSession();
        this.from = MailAddress.sender(properties.from());
        this.domain = MailAddress.domain(from);
    }

    /** Errors: {@link UnusableAddressException}. */
    public MimeMessage seal(Delivery delivery, Letter letter) throws MessagingException {
        MimeMessage message =
                new StableMessage(session, "<notification-" + delivery.notificationId() + "@" + domain + ">");
        message.setFrom(from);
        message.setRecipient(
                RecipientType.TO, MailAddress.of(delivery.recipient().addressOn(delivery.channel())));
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(delivery.createdAt()));
        String thread = "<ticket-" + delivery.event().ticket().id() + "@" + domain + ">";
        message.setHeader("In-Reply-To", thread);
        message.setHeader("References", thread);
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("List-Id", "<tickets." + domain + ">");
        message.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
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
