package camelbell.recipient;

import camelbell.model.Operators;
import camelbell.model.Person;
import camelbell.model.PolicyCondition;
import camelbell.model.PolicyCondition.Comparison;
import camelbell.model.PolicyCondition.Literal;
import camelbell.model.PolicyCondition.Operand;
import camelbell.model.TicketEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One condition over one event: what does not name the person is evaluated once, here, and only the rest again for each
 * person. A comparison that fails leaves the answer to the others where they decide it alone; else the answer is that it failed.
 */
final class ConditionCheck {

    private static final Set<String> ORDER = Set.of(">", ">=", "<", "<=", "range", "!range");
    private static final Set<String> COMPARED =
            Set.of("==", "!=", "=~", "!=~", ">", ">=", "<", "<=", "range", "!range", "in", "!in");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,1000}(\\.[0-9]{1,1000})?");

    /** More digits than Simple can read. */
    private static final Pattern LONG_NUMBER = Pattern.compile("[-+]?[0-9]{19,1000}");

    private static final int LONGEST_ERROR = 300;

    /** What a condition comes to. */
    enum Truth {
        YES,
        NO,
        FAILED;

        private static Truth of(boolean holds) {
            return holds ? YES : NO;
        }
    }

    private final PolicyCondition condition;
    private final TicketEvent event;
    private final Operators operators;
    private final List<Comparison> personal;
    private final Truth ofEvent;
    private @Nullable String error;

    ConditionCheck(PolicyCondition condition, TicketEvent event, Operators operators) {
        this.condition = condition;
        this.event = event;
        this.operators = operators;
        this.personal =
                condition.comparisons().stream().filter(Comparison::namesPerson).toList();
        this.ofEvent = joined(
                condition.comparisons().stream()
                        .filter(comparison -> !comparison.namesPerson())
                        .toList(),
                null,
                Truth.of(condition.all()));
    }

    /** The answer for everybody; null when it depends on the person. */
    @Nullable
    Truth forEvent() {
        boolean lost = condition.all() && ofEvent == Truth.FAILED; // whatever the person is, nobody can be told
        return personal.isEmpty() || ofEvent == decisive() || lost ? ofEvent : null;
    }

    Truth forPerson(Person person) {
        Truth event = forEvent();
        return event == null ? joined(personal, person, ofEvent) : event;
    }

    /** What failed first, and why; null while nothing has. */
    @Nullable
    String error() {
        return error;
    }

    /** The answer that one comparison gives for all of them. */
    private Truth decisive() {
        return Truth.of(!condition.all());
    }

    private Truth joined(List<Comparison> comparisons, @Nullable Person person, Truth before) {
        Truth answer = before;
        for (Comparison comparison : comparisons) {
            Truth one = answer(comparison, person);
            if (one == decisive()) {
                return one;
            }
            answer = one == Truth.FAILED ? one : answer;
        }
        return answer;
    }

    private Truth answer(Comparison comparison, @Nullable Person person) {
        Object left = value(comparison.left(), person);
        Object right = value(comparison.right(), person);
        if (needsNumbers(comparison) && !(isNumber(left) && (isNumber(right) || isRange(comparison)))) {
            return failed(comparison, "a value is no number");
        }
        UnaryOperator<@Nullable Object> read = reading(comparison, left, right);
        try {
            return Truth.of(operators.hold(read.apply(left), comparison.operator(), read.apply(right)));
        } catch (RuntimeException e) {
            // not its message, which may quote what is personal
            return failed(comparison, "cannot be compared, " + e.getClass().getSimpleName());
        }
    }

    private Truth failed(Comparison comparison, String why) {
        if (error == null) {
            String text = comparison + ": " + why;
            error = text.substring(0, Math.min(LONGEST_ERROR, text.length()));
        }
        return Truth.FAILED;
    }

    private @Nullable Object value(Operand operand, @Nullable Person person) {
        Object value = operand instanceof Literal literal
                ? literal.value()
                : ConditionFields.value((PolicyCondition.Field) operand, event, person);
        boolean empty = "".equals(value) || (value instanceof Collection<?> list && list.isEmpty());
        return empty ? null : value; // so that nobody need know which fields are empty and which are not there
    }

    /** Simple would compare a text with a number letter by letter: 'high' were more than 3. */
    private static boolean needsNumbers(Comparison comparison) {
        return ORDER.contains(comparison.operator())
                && (isRange(comparison) || isLiteral(comparison.left()) || isLiteral(comparison.right()));
    }

    private static boolean isRange(Comparison comparison) {
        return comparison.operator().endsWith("range");
    }

    private static boolean isLiteral(Operand operand) {
        return operand instanceof Literal literal && literal.value() instanceof Number;
    }

    /** Simple fails with texts of more digits than a long has: a number has to be a double then, and a text no number. */
    private static UnaryOperator<@Nullable Object> reading(
            Comparison comparison, @Nullable Object left, @Nullable Object right) {
        if (!COMPARED.contains(comparison.operator()) || !(isLong(left) || isLong(right))) {
            return value -> value;
        }
        return needsNumbers(comparison) || left instanceof Number || right instanceof Number
                ? value -> isLong(value) ? Double.valueOf(String.valueOf(value)) : value
                : ConditionCheck::marked;
    }

    private static @Nullable Object marked(@Nullable Object value) {
        if (value instanceof Collection<?> list) {
            return list.stream().map(ConditionCheck::marked).toList();
        }
        return value instanceof String text ? "#" + text : value;
    }

    private static boolean isLong(@Nullable Object value) {
        return value instanceof String text && LONG_NUMBER.matcher(text).matches();
    }

    /** What is not there counts as one: Simple has it neither more nor less than any. */
    private static boolean isNumber(@Nullable Object value) {
        return value == null
                || value instanceof Number
                || NUMBER.matcher(value.toString()).matches();
    }
}
