package camelbell.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a rule of the policy table counts: comparisons of fields and literals, all of which hold, or one at least.
 *
 * @param text as it stands in the table, for whoever asks why
 * @param all true: every comparison must hold ({@code &&}); false: one is enough ({@code ||})
 */
public record PolicyCondition(String text, boolean all, List<Comparison> comparisons) {

    /** One comparison, by an operator of Camel's Simple language; one side at least is a field. */
    public record Comparison(Operand left, String operator, Operand right) {

        /** True when it may come out differently for two people. */
        public boolean namesPerson() {
            return isOfPerson(left) || isOfPerson(right);
        }

        private static boolean isOfPerson(Operand side) {
            return side instanceof Field field && field.subject() == Subject.PERSON;
        }

        @Override
        public String toString() {
            return left + " " + operator + " " + right;
        }
    }

    /** What stands on one side of a comparison. */
    public sealed interface Operand {}

    /** A value that is there when the event is. */
    public record Field(Subject subject, String name) implements Operand {

        @Override
        public String toString() {
            return "${" + subject.word() + "." + name + "}";
        }
    }

    /**
     * A value that stands in the table.
     *
     * @param value text, whole number (Long), number (Double), truth, list of texts or null
     */
    public record Literal(@Nullable Object value) implements Operand {

        @Override
        public String toString() {
            return value instanceof String ? "'" + value + "'" : String.valueOf(value);
        }
    }

    /** Whose field it is. */
    public enum Subject {
        EVENT,
        TICKET,
        PERSON;

        /** As it stands in a condition. */
        public String word() {
            return switch (this) {
                case EVENT -> "event";
                case TICKET -> "ticket";
                case PERSON -> "person";
            };
        }
    }
}
