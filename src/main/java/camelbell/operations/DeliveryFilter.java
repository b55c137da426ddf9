package camelbell.operations;

import camelbell.rest.Query;
import camelbell.store.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Which deliveries an operator means: {@code channel}, {@code reason} (the code before any explanation), {@code type} of
 * event, {@code since}, {@code until} (RFC 3339), {@code older_than} (such as 2h).
 *
 * @param given what the operator wrote, for the audit
 * @param sql over notification_log n and ticket_event e, with its bound values in order
 */
record DeliveryFilter(Map<String, String> given, String sql, List<Object> values) {

    private static final List<String> NAMES = List.of("channel", "reason", "type", "since", "until", "older_than");
    static final Duration BY_DEFAULT = Duration.ofDays(7);

    /**
     * Without {@code since}, of the last seven days.
     * Errors: IllegalArgumentException with a sentence for the operator.
     */
    static DeliveryFilter of(Query parameters, Instant now) {
        Map<String, String> given = new TreeMap<>(parameters.each());
        given.keySet().retainAll(NAMES);
        given.values().removeIf(String::isEmpty);
        DeliveryFilter filter = new DeliveryFilter(given, "n.created_at >= ?", new ArrayList<>())
                .valued(parse(
                        "since",
                        given.getOrDefault("since", now.minus(BY_DEFAULT).toString())));
        String until = given.get("until");
        String olderThan = given.get("older_than");
        return filter.and("n.channel = ?", given.get("channel"))
                .and("split_part(n.reason, ';', 1) = ?", given.get("reason"))
                .and("e.type = ?", given.get("type"))
                .and("n.created_at < ?", until == null ? null : parse("until", until))
                .and("n.created_at < ?", olderThan == null ? null : ago(olderThan, now));
    }

    Condition condition() {
        return new Condition(sql, values);
    }

    boolean everything() {
        return given.isEmpty();
    }

    DeliveryFilter and(String more, @Nullable Object value) {
        return value == null ? this : new DeliveryFilter(given, sql + " AND " + more, values).valued(value);
    }

    private DeliveryFilter valued(Object value) {
        List<Object> all = new ArrayList<>(values);
        all.add(value);
        return new DeliveryFilter(given, sql, all);
    }

    static OffsetDateTime parse(String name, String text) {
        try {
            return sensible(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": write a time such as 2026-01-31T08:00:00Z.", e);
        }
    }

    /** One that the database knows; no notification is of another. */
    private static OffsetDateTime sensible(Instant time) {
        OffsetDateTime utc = utc(time);
        if (utc.getYear() < 1 || utc.getYear() > 9999) {
            throw new DateTimeException("not of the years 1 to 9999 in UTC");
        }
        return utc;
    }

    private static OffsetDateTime ago(String text, Instant now) {
        try {
            Duration age = DurationStyle.detectAndParse(text);
            if (age.isNegative()) {
                throw new IllegalArgumentException(text); // it would mean all there is
            }
            return sensible(now.minus(age));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("older_than: write a duration such as 30m, 2h or 1d.", e);
        }
    }

    static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
