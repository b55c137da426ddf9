package camelbell.recipient;

import camelbell.model.Ticket;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the policy table's patterns: {@code {title}} becomes the ticket's title, and so on; a further field that the event does
 * not have becomes nothing.
 */
final class TicketPattern {

    /** What a pattern may name. */
    static final Map<String, Function<Ticket, String>> FIELDS = new TreeMap<>(Map.of(
            "title", Ticket::title,
            "id", ticket -> Long.toString(ticket.id()),
            "priority", ticket -> capitalised(ticket.priority()),
            "category", Ticket::category,
            "status", Ticket::status,
            "project", Ticket::projectName));

    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");

    private TicketPattern() {}

    /** @param further the fields of tickets that the table names */
    static Optional<String> unknownField(String pattern, Collection<String> further) {
        return FIELD.matcher(pattern)
                .results()
                .map(field -> field.group(1))
                .filter(name -> !FIELDS.containsKey(name) && !further.contains(name))
                .findFirst();
    }

    static String fill(String pattern, Ticket ticket) {
        if (pattern.indexOf('{') < 0) {
            return pattern; // as most headlines are
        }
        return FIELD.matcher(pattern).replaceAll(field -> Matcher.quoteReplacement(value(field, ticket)));
    }

    private static String value(MatchResult field, Ticket ticket) {
        Function<Ticket, String> value = FIELDS.get(field.group(1));
        return value == null ? ticket.further().getOrDefault(field.group(1), "") : value.apply(ticket);
    }

    private static String capitalised(String word) {
        return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
