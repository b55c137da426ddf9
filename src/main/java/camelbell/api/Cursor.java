package camelbell.api;

import camelbell.store.Condition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place between two notifications of a list; rows that arrive meanwhile do not move it.
 *
 * @param older true: the page goes on towards older ones
 */
record Cursor(boolean older, Instant createdAt, long id) {

    private static final Pattern FORM = Pattern.compile("([on])(-?[0-9]{1,18}):([0-9]{1,18})");

    /**
     * As values that PostgreSQL's planner does not see: where it does, it expects few rows for the early cursors of some people,
     * so a plan for each page seems cheaper to it than one for all, and each page is planned anew, which takes twice as
     * long as reading it.
     */
    private static final String PLACE = "((SELECT ?::timestamptz), (SELECT ?::bigint))";

    static Cursor at(NotificationView view, boolean older) {
        return new Cursor(older, view.createdAt(), view.id());
    }

    /** The cursor that this text stands for, or null when it stands for none. */
    static @Nullable Cursor parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            Matcher form = FORM.matcher(new String(bytes, StandardCharsets.UTF_8));
            if (!form.matches()) {
                return null;
            }
            Instant at = Instant.EPOCH.plus(Long.parseLong(form.group(2)), ChronoUnit.MICROS);
            int year = at.atOffset(ZoneOffset.UTC).getYear();
            if (year < 1 || year > 9999) {
                return null; // of no notification, and perhaps of no time that the database knows
            }
            return new Cursor(form.group(1).equals("o"), at, Long.parseLong(form.group(3)));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException bad) {
            return null;
        }
    }

    String text() {
        String plain = (older ? "o" : "n") + ChronoUnit.MICROS.between(Instant.EPOCH, createdAt) + ":" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** It and all older ones. */
    Condition upTo(Condition condition) {
        return condition.and("(n.created_at, n.id) <= " + PLACE, createdAt.atOffset(ZoneOffset.UTC), id);
    }

    /** What lies beyond it. */
    Condition beyond(Condition condition) {
        return condition.and(
                "(n.created_at, n.id) " + (older ? "<" : ">") + " " + PLACE, createdAt.atOffset(ZoneOffset.UTC), id);
    }
}
