package camelbell.recipient;

import camelbell.model.Policy.Rule;
import camelbell.model.TicketEvent;
import camelbell.model.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of the rules that counted for one event, filled in once each, with numbers. */
final class PlanWords {

    private final List<Wording> all = new ArrayList<>();
    private final Map<Wording, Integer> numbers = new HashMap<>();

    /** @param otherwise the patterns of what the event says when no rule counted */
    PlanWords(TicketEvent event, Wording otherwise, List<Rule> counted) {
        // the event's own words are by the template of its type: what is recorded without a number is written by it
        Wording own = counted.stream()
                .map(Rule::words)
                .filter(words -> words.template().equals(event.type()))
                .findFirst()
                .orElse(counted.isEmpty() ? otherwise : counted.get(0).words());
        Wording filled = filled(own, event);
        all.add(new Wording(filled.subject(), filled.message(), event.type()));
        if (own.template().equals(event.type())) {
            numbers.put(own, 0);
        }
        for (Rule rule : counted) {
            if (!numbers.containsKey(rule.words())) {
                numbers.put(rule.words(), all.size());
                all.add(filled(rule.words(), event));
            }
        }
    }

    List<Wording> all() {
        return all;
    }

    int number(Wording patterns) {
        Integer number = numbers.get(patterns);
        if (number == null) {
            throw new IllegalArgumentException("no rule that counted says " + patterns);
        }
        return number;
    }

    private static Wording filled(Wording patterns, TicketEvent event) {
        return new Wording(
                TicketPattern.fill(patterns.subject(), event.ticket()),
                TicketPattern.fill(patterns.message(), event.ticket()),
                patterns.template());
    }
}
