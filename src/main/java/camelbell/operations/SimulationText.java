package camelbell.operations;

import camelbell.model.WrittenMessage;
import camelbell.operations.KeptPlan.RuleFate;
import camelbell.operations.SimulatedEvent.SimulatedCandidate;
import camelbell.operations.SimulatedEvent.SimulatedNotification;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event would come to, for a terminal. */
final class SimulationText {

    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();

    private SimulationText() {}

    static String of(SimulatedEvent event) {
        SimulationText text = new SimulationText();
        text.head(event);
        event.people().forEach(text::person);
        if (event.more() > 0) {
            text.line("", event.more() + " people more are not shown: --limit shows more, --person ID one of them.");
        }
        return text.text.toString();
    }

    /** A title may hold what a terminal takes for an order. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n]]", "\uFFFD");
    }

    private void head(SimulatedEvent event) {
        line(
                "",
                event.event().type() + ", ticket " + event.event().ticket() + ", event "
                        + event.event().id() + " of " + event.event().source());
        if (event.rules().isEmpty() && event.rule() != null) {
            line(
                    "",
                    "its rule tells " + list(event.rule().tell()) + " over "
                            + list(event.rule().over()));
        }
        event.rules().forEach(this::rule);
        line(
                "",
                event.counts().people() + " people meant: "
                        + counted(event.counts().outcomes()));
        event.counts()
                .channels()
                .forEach(one -> line(
                        "",
                        one.channel() + ": " + one.told() + " told"
                                + (one.skipped().isEmpty() ? "" : ", skipped: " + counted(one.skipped()))));
    }

    private void rule(RuleFate rule) {
        line(
                "",
                "rule " + rule.rule() + " " + rule.outcome() + ": tells " + list(rule.tell()) + " over "
                        + list(rule.over()) + (rule.when() == null ? "" : " when " + rule.when())
                        + (rule.error() == null ? "" : "; " + rule.error())
                        + (rule.unlisted() == null
                                ? ""
                                : "; its condition left out " + rule.unlisted() + " people more than are listed"));
    }

    private void person(SimulatedCandidate person) {
        line("", "");
        line(
                "",
                "user " + person.user() + ": " + person.outcome()
                        + (person.because().isEmpty() ? "" : ", as " + list(person.because())));
        person.rules().forEach(one -> line("  ", "rule " + one.rule() + ", " + one.audience() + ": " + one.outcome()));
        person.notifications().forEach(this::notification);
    }

    private void notification(SimulatedNotification one) {
        line("  ", one.channel() + " " + one.status() + (one.reason() == null ? "" : " (" + one.reason() + ")"));
        WrittenMessage message = one.message();
        if (message == null) {
            return;
        }
        field("subject", message.subject());
        block(message.text());
        field("link", message.link());
        if (message.payload() != null && message.payload().get("template") instanceof Map<?, ?> template) {
            template(template);
        }
        if (message.html() != null) {
            field("html", message.html().length() + " characters; --json prints them, --open shows them");
        }
        field("note", message.note());
    }

    /** The Cloud API's {@code template} object. */
    private void template(Map<?, ?> template) {
        field(
                "template",
                template.get("name") + ", "
                        + ((Map<?, ?>) Objects.requireNonNull(template.get("language"))).get("code"));
        for (Object one : (List<?>) Objects.requireNonNull(template.get("components"))) {
            Map<?, ?> component = (Map<?, ?>) one;
            field(
                    component.get("type") + " parameters",
                    ((List<?>) Objects.requireNonNull(component.get("parameters")))
                            .stream()
                                    .map(value -> String.valueOf(((Map<?, ?>) value).get("text")))
                                    .collect(Collectors.joining(" | ")));
        }
    }

    private void field(String name, @Nullable String value) {
        if (value != null) {
            line(INDENT, name + ": " + value.replace('\n', ' '));
        }
    }

    private void block(@Nullable String value) {
        if (value != null) {
            value.lines().forEach(line -> line(INDENT + "| ", line));
        }
    }

    private void line(String indent, String content) {
        text.append(indent).append(printable(content)).append(System.lineSeparator());
    }

    private static String list(Iterable<String> words) {
        return String.join(", ", words);
    }

    private static String counted(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "nobody"
                : counts.entrySet().stream()
                        .map(one -> one.getValue() + " " + one.getKey())
                        .collect(Collectors.joining(", "));
    }
}
