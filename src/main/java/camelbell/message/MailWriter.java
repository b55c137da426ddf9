package camelbell.message;

import camelbell.model.Current;
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

    private final Current<Texts> texts;
    private final MailValues values;
    private final UnsubscribeLinks links;

    MailWriter(Current<Texts> texts, MessageProperties properties, UnsubscribeLinks links) {
        this.texts = texts;
        this.values = new MailValues(properties);
        this.links = links;
        mustWrite(texts.now(), values);
    }

    /** A layout that names what does not exist stops the start, not the first mail. */
    static void mustWrite(Texts texts, MailValues values) {
        texts.vocabulary().all().forEach(words -> words.events().keySet().forEach(type -> {
            write(Sample.of(type), words, texts.layout(), values, null);
            write(Sample.of(type), words, texts.layout(), values, "https://example.org/u/sample");
        }));
    }

    public MailContent write(Delivery delivery) {
        Texts with = texts.now();
        return write(
                delivery,
                with.vocabulary().in(delivery.recipient().locale()),
                with.layout(),
                values,
                links.link(delivery.recipient(), delivery.channel()));
    }

    private static MailContent write(
            Delivery delivery, Words words, Layout layout, MailValues known, @Nullable String unsubscribe) {
        PlaceholderValues fields = new PlaceholderValues(delivery, words.values());
        Words.EventText event = words.saying(delivery, fields);
        Map<String, Object> values = known.of(delivery, words, fields, event, unsubscribe == null ? "" : unsubscribe);
        String subject = fields.fill(event.subject() == null ? words.subject() : event.subject());
        return new MailContent(
                PlainText.line(subject, LONGEST_SUBJECT),
                Columns.wrap(layout.text(values)),
                layout.html(values),
                unsubscribe);
    }
}
