package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Meant;
import camelbell.model.Delivery;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
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
            byEvent.put(
                    type,
                    new Locales<>(
                            templates(yaml, event.getValue(), PlaceholderValues.names(policy)), properties.locale()));
        });
        policy.events().forEach((type, event) -> event.all()
                .filter(rule ->
                        rule.over().stream().anyMatch(channel -> channel.route().equals("channel-whatsapp")))
                .forEach(rule -> {
                    String template = rule.words().template();
                    if (!byEvent.containsKey(template.isEmpty() ? type : template)) {
                        throw yaml.complaint(null, missing(type, template));
                    }
                }));
    }

    private static String missing(String type, String template) {
        return template.isEmpty() || template.equals(type)
                ? "no template for event " + type + ", which policy.yaml sends over WhatsApp"
                : "no template " + template + ", which policy.yaml sends over WhatsApp for event " + type;
    }

    /** By what the rule said, or else by the event's type: WhatsApp sends no words but approved ones. */
    WhatsAppTemplate find(Delivery delivery) {
        String type = delivery.event().type();
        Locales<WhatsAppTemplate> templates =
                byEvent.getOrDefault(delivery.words().template(), byEvent.get(type));
        if (templates == null) {
            throw new IllegalArgumentException(
                    "no WhatsApp template for event type " + type + "; add it to whatsapp-templates.yaml");
        }
        return templates.best(delivery.recipient().locale());
    }

    private static Map<Locale, WhatsAppTemplate> templates(CheckedYaml yaml, JsonNode byLocale, Set<String> names) {
        Map<Locale, WhatsAppTemplate> templates = new HashMap<>();
        byLocale.properties().forEach(entry -> {
            Locale locale = Locales.of(entry.getKey())
                    .orElseThrow(() -> yaml.complaint(entry.getValue(), Locales.complaint(entry.getKey())));
            templates.put(locale, template(yaml, entry.getValue(), names));
        });
        return templates;
    }

    private static void mustBeKnown(CheckedYaml yaml, JsonNode name, Set<String> names) {
        if (!names.contains(name.asText())) {
            throw yaml.complaint(
                    name, "no field " + name.asText() + Meant.by(name.asText(), names) + "; fields are " + names);
        }
    }

    private static WhatsAppTemplate template(CheckedYaml yaml, JsonNode node, Set<String> names) {
        node.get("parameters").forEach(parameter -> mustBeKnown(yaml, parameter, names));
        if (node.hasNonNull("button")) {
            mustBeKnown(yaml, node.get("button"), names);
        }
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
