package camelbell.message;

import camelbell.model.Delivery;
import camelbell.model.Policy;
import camelbell.model.Ticket;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that words may name in braces, for one delivery: cleaned, and in the words' language. */
final class PlaceholderValues {

    /** What there is of every delivery. */
    private static final Set<String> NAMES = Set.of("title", "id", "priority", "category", "status", "project", "name");

    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

    /** How upstream writes one of a list. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Longest value in code points. */
    private static final int LONGEST = 300;

    private final Map<String, String> values;
    private final Map<String, String> further;

    PlaceholderValues(Delivery delivery, Map<String, String> vocabulary) {
        Ticket ticket = delivery.event().ticket();
        further = ticket.further();
        values = Map.of(
                "title", clean(ticket.title()),
                "id", Long.toString(ticket.id()),
                "priority", word(ticket.priority(), vocabulary),
                "category", word(ticket.category(), vocabulary),
                "status", word(ticket.status(), vocabulary),
                "project", clean(ticket.projectName()),
                "name", clean(delivery.recipient().displayName()));
    }

    /** Every name that a text or a template parameter may use, with the further fields of tickets that the policy names. */
    static Set<String> names(Policy policy) {
        Set<String> names = new TreeSet<>(NAMES);
        names.addAll(policy.further().ticket());
        return names;
    }

    static Optional<String> unknownName(String pattern, Set<String> names) {
        return NAME.matcher(pattern)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !names.contains(name))
                .findFirst();
    }

    /**
     * A further field is shown as it came, for its values are nobody's vocabulary; one that the event does not have is shown as
     * empty. Start-up has checked the names.
     */
    String get(String name) {
        String value = values.get(name);
        return value == null ? clean(further.getOrDefault(name, "")) : value;
    }

    String fill(String pattern) {
        return NAME.matcher(pattern).replaceAll(match -> Matcher.quoteReplacement(get(match.group(1))));
    }

    private static String clean(String value) {
        String line = PlainText.line(value, LONGEST);
        // a provider refuses an empty parameter, and a reader should see that nothing was there
        return line.isEmpty() ? "–" : line;
    }

    private static String word(String value, Map<String, String> vocabulary) {
        String known = vocabulary.get(value);
        if (known != null) {
            return known;
        }
        return CONSTANT.matcher(value).matches()
                ? value.charAt(0) + value.substring(1).replace('_', ' ').toLowerCase(Locale.ROOT)
                : clean(value);
    }
}
