package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Findings;
import camelbell.configuration.Meant;
import camelbell.model.Delivery;
import camelbell.model.Policy;
import camelbell.model.TemplateGoneException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.springframework.core.io.Resource;

/** The registry of approved templates, routes/whatsapp-templates.yaml. */
class WhatsAppTemplates {

    private final Map<String, Locales<WhatsAppTemplate>> byEvent = new HashMap<>();

    /**
     * Errors: what the schema forbids, an event without the default locale, an event of the policy left out, a
     * body that does not fit its parameters.
     */
    WhatsAppTemplates(Resource file, MessageProperties properties, Policy policy) {
        Findings findings = new Findings();
        read(file, properties.locale(), Set.of(), policy, findings);
        findings.mustHaveNoErrors();
    }

    private WhatsAppTemplates() {}

    /**
     * The findings get whatever is wrong in the file.
     *
     * @param languages that there are words in, and so should be templates
     */
    static void check(Resource file, Locale fallback, Set<Locale> languages, Policy policy, Findings findings) {
        new WhatsAppTemplates().read(file, fallback, languages, policy, findings);
    }

    private void read(Resource file, Locale fallback, Set<Locale> languages, Policy policy, Findings findings) {
        CheckedYaml yaml = CheckedYaml.read(file, "whatsapp-templates.schema.json", findings);
        if (yaml == null) {
            return;
        }
        Set<String> names = PlaceholderValues.names(policy);
        yaml.content().properties().forEach(event -> {
            String type = event.getKey();
            mustBeUsed(yaml, event, policy);
            Map<Locale, WhatsAppTemplate> templates = templates(yaml, event.getValue(), names);
            languages.stream()
                    .filter(language -> templates.keySet().stream()
                            .noneMatch(one -> one.getLanguage().equals(language.getLanguage())))
                    .forEach(language -> yaml.warning(
                            event.getValue(),
                            type + " has no template in " + language.toLanguageTag()
                                    + ", as there are words in; its readers get " + fallback.toLanguageTag()));
            if (templates.containsKey(fallback)) {
                byEvent.put(type, new Locales<>(templates, fallback));
            } else {
                yaml.error(
                        event.getValue(),
                        type + " has no template in " + fallback.toLanguageTag()
                                + ", the default locale (camelbell.locale)");
            }
        });
        policy.events().forEach((type, event) -> event.all()
                .filter(rule ->
                        rule.over().stream().anyMatch(channel -> channel.route().equals("channel-whatsapp")))
                .forEach(rule -> {
                    String template = rule.words().template();
                    if (!yaml.content().has(template.isEmpty() ? type : template)) {
                        yaml.error(yaml.content(), missing(type, template));
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
            throw new TemplateGoneException(
                    "no WhatsApp template for event type " + type + "; add it to whatsapp-templates.yaml");
        }
        return templates.best(delivery.recipient().locale());
    }

    private static Map<Locale, WhatsAppTemplate> templates(CheckedYaml yaml, JsonNode byLocale, Set<String> names) {
        Map<Locale, WhatsAppTemplate> templates = new HashMap<>();
        byLocale.properties().forEach(entry -> {
            WhatsAppTemplate template = template(yaml, entry.getValue(), names);
            Locales.of(entry.getKey())
                    .ifPresentOrElse(
                            locale -> {
                                mustBeIn(locale, yaml, entry.getValue().path("language"));
                                templates.put(locale, template);
                            },
                            () -> yaml.error(entry.getValue(), Locales.complaint(entry.getKey())));
        });
        return templates;
    }

    private static void mustBeIn(Locale locale, CheckedYaml yaml, JsonNode code) {
        if (!Locale.forLanguageTag(code.asText().replace('_', '-'))
                .getLanguage()
                .equals(locale.getLanguage())) {
            yaml.warning(code, "the template for " + locale.toLanguageTag() + " is in " + code.asText());
        }
    }

    private static void mustBeUsed(CheckedYaml yaml, Map.Entry<String, JsonNode> event, Policy policy) {
        Set<String> used = new TreeSet<>(policy.events().keySet());
        policy.events().values().stream()
                .flatMap(Policy.Event::all)
                .forEach(rule -> used.add(rule.words().template()));
        if (!used.contains(event.getKey())) {
            yaml.warning(
                    event.getValue(),
                    "policy.yaml has no event and no template " + event.getKey() + Meant.by(event.getKey(), used));
        }
    }

    private static void mustBeKnown(CheckedYaml yaml, JsonNode name, Set<String> names) {
        if (!names.contains(name.asText())) {
            yaml.error(name, "no field " + name.asText() + Meant.by(name.asText(), names) + "; fields are " + names);
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
            yaml.error(node.hasNonNull("body") ? node.get("body") : node.get("parameters"), complaint);
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
