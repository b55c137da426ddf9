package camelbell.message;

import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.MailContent;
import camelbell.model.MessageWriter;
import camelbell.model.PlainMessage;
import camelbell.model.WrittenMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a message as its channel's route would: by the same writers, so that whoever looks first sees what will be sent. */
@Component("channelMessages")
class ChannelMessages implements MessageWriter {

    /** Longest text of a plain message, in code points; routes of their own may have less. */
    private static final int LONGEST_PLAIN = 4096;

    /** Stands where a person's own token would: the link itself lets whoever has it opt the person out. */
    private static final String PLACEHOLDER = "preview";

    private final MailWriter mails;
    private final WhatsAppWriter whatsApp;
    private final TextWriter texts;
    private final Current<Texts> tables;

    ChannelMessages(MailWriter mails, WhatsAppWriter whatsApp, TextWriter texts, Current<Texts> tables) {
        this.mails = mails;
        this.whatsApp = whatsApp;
        this.texts = texts;
        this.tables = tables;
    }

    @Override
    public WrittenMessage write(Delivery delivery) {
        Channel channel = delivery.channel();
        if (channel.inbox()) {
            return new WrittenMessage(delivery.subject(), delivery.message(), null, null, null, null);
        }
        return switch (channel.route()) {
            case "channel-mail" -> mail(mails.write(delivery));
            case "channel-whatsapp" -> whatsApp(delivery, whatsApp.write(delivery));
            default -> plain(texts.write(delivery, LONGEST_PLAIN), channel.route());
        };
    }

    private static WrittenMessage mail(MailContent mail) {
        String link = mail.unsubscribe();
        return new WrittenMessage(
                mail.subject(), withoutToken(mail.text(), link), withoutToken(mail.html(), link), null, null, null);
    }

    private static String withoutToken(String text, @Nullable String link) {
        return link == null ? text : text.replace(link, link.replaceFirst("[^/]*$", PLACEHOLDER));
    }

    private WrittenMessage whatsApp(Delivery delivery, Map<String, Object> payload) {
        String text = payload.get("text") instanceof Map<?, ?> free
                ? String.valueOf(free.get("body"))
                : tables.now().templates().find(delivery).preview(payload);
        return new WrittenMessage(null, text, null, null, payload, null);
    }

    private static WrittenMessage plain(PlainMessage message, String route) {
        return new WrittenMessage(
                message.subject(),
                message.text(),
                null,
                message.link(),
                null,
                "as textWriter gives it; what the steps of " + route + " make of it is not shown");
    }
}
