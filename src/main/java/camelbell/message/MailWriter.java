package camelbell.message;

import camelbell.model.Delivery;
import camelbell.model.MailContent;
import camelbell.model.UnsubscribeLinks;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the e-mail of one delivery, in its reader's language and time zone. Errors: none after start-up. */
@Component("mailWriter")
class MailWriter {

    /** Longest subject line in code points. */
    private static final int LONGEST_SUBJECT = 200;

    private final Vocabulary vocabulary;
    private final Layout layout;
    private final MailValues values;
    private final UnsubscribeLinks links;

    MailWriter(Vocabulary vocabulary, Layout layout, MessageProperties properties, UnsubscribeLinks links) {
        this.vocabulary = vocabulary;
        this.layout = layout;
        this.values = new MailValues(properties);
        this.links = links;
        // a layout that names what does not exist stops the start, not the first mail
        vocabulary.all().forEach(words -> words.events().keySet().forEach(type -> {
            write(Sample.of(type), words, null);
            write(Sample.of(type), words, "https://example.org/u/sample");
        }));
    }

    public MailContent write(Delivery delivery) {
        return write(
                delivery,
                vocabulary.in(delivery.recipient().locale()),
                links.link(delivery.recipient(), delivery.channel()));
    }

    private MailContent write(Delivery delivery, Words words, @Nullable String unsubscribe) {
        PlaceholderValues fields = new PlaceholderValues(delivery, words.values());
        Words.Event event = words.saying(delivery, fields);
        Map<String, Object> values =
                this.values.of(delivery, words, fields, event, unsubscribe == null ? "" : unsubscribe);
        String subject = fields.fill(event.subject() == null ? words.subject() : event.subject());
        return new MailContent(
                PlainText.line(subject, LONGEST_SUBJECT),
                Columns.wrap(layout.text(values)),
                layout.html(values),
                unsubscribe);
    }
}
