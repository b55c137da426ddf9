package camelbell.message;

import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.PlainMessage;
import camelbell.model.UnsubscribeLinks;
import org.springframework.stereotype.Component;

/**
 * Writes messages for channels that show plain text: with the channel's own words in templates/words, or else with the
 * subject and message of the policy table, which is what the API lists. Errors: none after start-up.
 */
@Component("textWriter")
class TextWriter {

    private static final int LONGEST_SUBJECT = 200;

    private final Current<Texts> texts;
    private final MessageProperties properties;
    private final UnsubscribeLinks links;

    TextWriter(Current<Texts> texts, MessageProperties properties, UnsubscribeLinks links) {
        this.texts = texts;
        this.properties = properties;
        this.links = links;
    }

    /**
     * What the message says, in its reader's language where the channel has words.
     *
     * @param longest of the text, in code points; what is longer ends with an ellipsis
     */
    public PlainMessage write(Delivery delivery, int longest) {
        Words words = texts.now().vocabulary().in(delivery.recipient().locale());
        String own = words.over(delivery.channel().code(), delivery.words().template());
        String text = own == null ? delivery.message() : new PlaceholderValues(delivery, words.values()).fill(own);
        return new PlainMessage(
                PlainText.line(delivery.subject(), LONGEST_SUBJECT),
                PlainText.line(text, longest),
                properties.linkTo(delivery.event().ticket().id()),
                links.link(delivery.recipient(), delivery.channel()));
    }

    /**
     * The same for providers that read {@code &}, {@code <} and {@code >} as marks of their own (Slack, Teams): a title that
     * is {@code <!channel>} must call nobody.
     */
    public PlainMessage escaped(PlainMessage message) {
        String unsubscribe = message.unsubscribe();
        return new PlainMessage(
                escaped(message.subject()),
                escaped(message.text()),
                escaped(message.link()),
                unsubscribe == null ? null : escaped(unsubscribe));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
