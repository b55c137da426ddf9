package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Meant;
import camelbell.model.Channel;
import camelbell.model.Operators;
import camelbell.model.Policy;
import camelbell.model.Policy.Audience;
import camelbell.model.Policy.Audience.AudienceKind;
import camelbell.model.Policy.FurtherFields;
import camelbell.model.Policy.Rule;
import camelbell.model.PolicyCondition;
import camelbell.model.Wording;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One event of the policy table: a row, or several under {@code rules} that take from beside them what they do not say
 * themselves.
 */
final class EventRules {

    private final CheckedYaml yaml;
    private final Map<String, Channel> channels;
    private final FurtherFields further;
    private final Operators operators;
    private final String type;
    private final JsonNode event;

    EventRules(
            CheckedYaml yaml,
            Map<String, Channel> channels,
            FurtherFields further,
            Operators operators,
            String type,
            JsonNode event) {
        this.yaml = yaml;
        this.channels = channels;
        this.further = further;
        this.operators = operators;
        this.type = type;
        this.event = event;
    }

    Policy.Event read() {
        List<Rule> rules = new ArrayList<>();
        if (event.has("rules")) {
            for (String field : List.of("tell", "when")) {
                if (event.has(field)) {
                    yaml.error(event.get(field), field + " stands beside rules; each rule has its own");
                }
            }
            event.get("rules").forEach(node -> rules.add(rule(node, true)));
        } else {
            rules.add(rule(event, false));
        }
        return new Policy.Event(List.copyOf(rules), event.has("otherwise") ? rule(event.get("otherwise"), true) : null);
    }

    /** @param below whether it stands below the event, and so may leave to it what it does not say */
    private Rule rule(JsonNode node, boolean below) {
        List<Audience> tell = new ArrayList<>();
        node.get("tell").forEach(audience -> tell.add(audience(audience)));
        List<Channel> over = new ArrayList<>();
        for (JsonNode code : said(node, "over")) {
            Channel channel = channels.get(code.asText());
            if (channel == null) {
                yaml.error(
                        code,
                        "no channel " + code.asText() + Meant.by(code.asText(), channels.keySet()) + "; channels are "
                                + channels.keySet());
            } else {
                over.add(channel);
            }
        }
        return new Rule(List.copyOf(tell), List.copyOf(over), words(node, below), condition(node.get("when")));
    }

    private Audience audience(JsonNode node) {
        if (node.isTextual()) {
            return Audience.of(AudienceKind.valueOf(node.asText().toUpperCase(Locale.ROOT)));
        }
        Map.Entry<String, JsonNode> named = node.properties().iterator().next();
        AudienceKind kind = AudienceKind.valueOf(named.getKey().toUpperCase(Locale.ROOT));
        JsonNode name = named.getValue();
        if (kind != AudienceKind.PERSON) {
            return Audience.named(kind, name.asText());
        }
        if (!name.isIntegralNumber() || !name.canConvertToLong()) { // to a JSON Schema 42.0 is one, too
            yaml.error(name, "a person is named by a whole number, such as 42");
        }
        return Audience.person(name.longValue());
    }

    /** Words of a rule's own are what its mails say, too: the type's template would say the event's. */
    private Wording words(JsonNode node, boolean below) {
        boolean own = below && (node.has("subject") || node.has("message"));
        JsonNode template = node.has("template") || own ? node.path("template") : event.path("template");
        return new Wording(
                pattern(said(node, "subject")),
                pattern(said(node, "message")),
                template.isMissingNode() ? own ? "" : type : template.asText());
    }

    private JsonNode said(JsonNode node, String field) {
        JsonNode said = node.has(field) ? node.get(field) : event.get(field);
        if (said == null) {
            yaml.error(node, "no " + field + ", neither here nor beside the rules of " + type + " for all of them");
            return MissingNode.getInstance();
        }
        return said;
    }

    private String pattern(JsonNode node) {
        String pattern = node.asText();
        TicketPattern.unknownField(pattern, further.ticket()).ifPresent(unknown -> {
            TreeSet<String> names = new TreeSet<>(TicketPattern.FIELDS.keySet());
            names.addAll(further.ticket());
            yaml.error(node, "no field {" + unknown + "}" + Meant.by(unknown, names) + "; fields are " + names);
        });
        return pattern;
    }

    private @Nullable PolicyCondition condition(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        try {
            return ConditionParser.parse(node.asText(), new ConditionFields(further), operators);
        } catch (ConditionRefused refused) {
            yaml.error(node, String.valueOf(refused.getMessage()));
            return null;
        }
    }
}
