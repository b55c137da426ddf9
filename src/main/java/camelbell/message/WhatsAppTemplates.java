package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/** The registry of approved templates, routes/whatsapp-templates.yaml, read once at start-up. */
@Component("whatsAppTemplates")
class WhatsAppTemplates {

    private final Map<String, Locales<WhatsAppTemplate>> byEvent = new HashMap<>();

    /**
     * Errors: what the schema forbids, an event without the default locale, an event of the policy left out, a
     * body that does not fit its parameters.
     */
    WhatsAppTemplates(
            @Value("${camelbell.routes}/whatsapp-templates.yaml") Resource file,
            MessageProperties properties,
            Policy policy) {
        CheckedYaml yaml = CheckedYaml.read(file, "whatsapp-templates.schema.json");
        yaml.content().properties().forEach(event -> {
            String type = event.getKey();
            if (!event.getValue().has(properties.locale().toLanguageTag())) {
                throw yaml.complaint(
                        event.getValue(),
                        type + " has no template in " + properties.locale().toLanguageTag()
                                + ", the default locale (camelbell.locale)");
            }
            byEvent.put(type, new Locales<>(templates(yaml, event.getValue()), properties.locale()));
        });
        policy.rules().forEach((type, rule) -> {
            boolean sent =
                    rule.over().stream().anyMatch(channel -> channel.route().equals("channel-whatsapp"));
            if (sent && !byEvent.containsKey(type)) {
                throw yaml.complaint(null, "no template for event " + type + ", which policy.yaml sends over WhatsApp");
            }
        });
    }

    WhatsAppTemplate find(String eventType, @Nullable String locale) {
        Locales<WhatsAppTemplate> templates = byEvent.get(eventType);
        if (templates == null) {
            throw new IllegalArgumentException(
                    "no WhatsApp template for event type " + eventType + "; add it to whatsapp-templates.yaml");
        }
        return templates.best(locale);
    }

    private static Map<Locale, WhatsAppTemplate> templates(CheckedYaml yaml, JsonNode byLocale) {
        Map<Locale, WhatsAppTemplate> templates = new HashMap<>();
        byLocale.properties().forEach(entry -> {
            Locale locale = Locales.of(entry.getKey())
                    .orElseThrow(() -> yaml.complaint(entry.getValue(), Locales.complaint(entry.getKey())));
            templates.put(locale, template(yaml, entry.getValue()));
        });
        return templates;
    }

    private static WhatsAppTemplate template(CheckedYaml yaml, JsonNode node) {
        List<String> parameters = StreamSupport.stream(node.get("parameters").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String button = node.hasNonNull("button") ? node.get("button").asText() : null;
        TemplateBody body =
                new TemplateBody(node.hasNonNull("body") ? node.get("body").asText() : null);
        String complaint = body.complaint(parameters.size());
        if (complaint != null) {
            throw yaml.complaint(node.hasNonNull("body") ? node.get("body") : node.get("parameters"), complaint);
        }
        return new WhatsAppTemplate(
                node.get("name").asText(),
                node.get("language").asText(),
                node.get("category").asText(),
                parameters,
                button,
                body);
    }
}
