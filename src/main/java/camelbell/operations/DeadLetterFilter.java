package camelbell.operations;

import camelbell.rest.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters an operator means: {@code topic}, {@code code}, {@code since}, {@code until} (RFC 3339, when the
 * dead letter was put aside).
 *
 * @param given what the operator wrote, for the audit
 * @param since without one, seven days ago
 */
record DeadLetterFilter(Map<String, String> given, Instant since, @Nullable Instant until) {

    private static final List<String> NAMES = List.of("topic", "code", "since", "until");

    /** Errors: IllegalArgumentException with a sentence for the operator. */
    static DeadLetterFilter of(Query parameters, Instant now) {
        Map<String, String> given = new TreeMap<>(parameters.each());
        given.keySet().retainAll(NAMES);
        given.values().removeIf(String::isEmpty);
        String since = given.get("since");
        String until = given.get("until");
        return new DeadLetterFilter(
                given,
                since == null
                        ? now.minus(DeliveryFilter.BY_DEFAULT)
                        : DeliveryFilter.parse("since", since).toInstant(),
                until == null ? null : DeliveryFilter.parse("until", until).toInstant());
    }

    boolean everything() {
        return given.isEmpty();
    }

    boolean means(StoredDeadLetter deadLetter) {
        return given.getOrDefault("topic", deadLetter.record().topic())
                        .equals(deadLetter.record().topic())
                && given.getOrDefault("code", deadLetter.code()).equals(deadLetter.code())
                && !deadLetter.at().isBefore(since)
                && (until == null || deadLetter.at().isBefore(until));
    }
}
