package camelbell.message;

import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes what one WhatsApp message says, as the Cloud API's {@code type} and the object of that type: the template
 * that the registry names, or free text where a deployment chooses it.
 * Errors: an event type without words or template, which only an event of an older policy can have.
 */
@Component("whatsAppWriter")
class WhatsAppWriter {

    /** The API's limit for a text body, in code points. */
    private static final int LONGEST_TEXT = 4096;

    /** Meta's refusal of free text more than 24 hours after the person's last message. */
    private static final String OUTSIDE_WINDOW = "META 131047";

    private final boolean freeText;
    private final Current<Texts> texts;
    private final MessageProperties properties;

    WhatsAppWriter(
            @Value("${camelbell.whatsapp.message-type}") MessageType type,
            Current<Texts> texts,
            MessageProperties properties) {
        this.freeText = type == MessageType.TEXT;
        this.texts = texts;
        this.properties = properties;
    }

    /** The two ways to send; see camelbell.whatsapp.message-type. */
    enum MessageType {
        TEMPLATE,
        TEXT
    }

    public Map<String, Object> write(Delivery delivery) {
        Texts with = texts.now();
        Words words = with.vocabulary().in(delivery.recipient().locale());
        PlaceholderValues fields = new PlaceholderValues(delivery, words.values());
        return freeText && !delivery.fallback()
                ? text(delivery, words, fields)
                : template(delivery, with.templates(), fields);
    }

    /** True for free text that was refused because the person has not written for a day: a template is allowed then. */
    public boolean mayTryTemplate(Delivery delivery, DeliveryOutcome outcome) {
        return freeText
                && !delivery.fallback()
                && outcome instanceof DeliveryOutcome.FailedForGood failed
                && failed.reason().equals(OUTSIDE_WINDOW);
    }

    /** The template, whatever is configured. */
    public Map<String, Object> writeTemplate(Delivery delivery) {
        Texts with = texts.now();
        Words words = with.vocabulary().in(delivery.recipient().locale());
        return template(delivery, with.templates(), new PlaceholderValues(delivery, words.values()));
    }

    private static Map<String, Object> template(
            Delivery delivery, WhatsAppTemplates templates, PlaceholderValues fields) {
        WhatsAppTemplate template = templates.find(delivery);
        return Map.of("type", "template", "template", template.fill(fields));
    }

    private Map<String, Object> text(Delivery delivery, Words words, PlaceholderValues fields) {
        Words.EventText event = words.saying(delivery, fields);
        String body = "*" + event.headline() + "*\n" + event.sentence() + "\n"
                + properties.linkTo(delivery.event().ticket().id());
        int end = body.offsetByCodePoints(0, Math.min(LONGEST_TEXT, body.codePointCount(0, body.length())));
        return Map.of("type", "text", "text", Map.of("preview_url", false, "body", body.substring(0, end)));
    }
}
