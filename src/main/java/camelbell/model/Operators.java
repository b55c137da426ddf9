package camelbell.model;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators of Camel's Simple language, as the conditions of the policy table use them. Values stay values: no text is parsed. */
public interface Operators {

    /**
     * Whether it holds. Errors: any runtime exception, for values that the operator cannot compare; it never means more than
     * this one comparison.
     *
     * @param operator one that {@link #knows}
     */
    boolean hold(@Nullable Object left, String operator, @Nullable Object right);

    /**
     * Every operator that there is, as it is written. {@code is} is left out, for it loads classes, and {@code regex}, for a
     * title may be made so that a pattern takes hours.
     */
    default Collection<String> all() {
        return List.of(
                "==",
                "=~",
                "!=",
                "!=~",
                ">",
                ">=",
                "<",
                "<=",
                "contains",
                "!contains",
                "~~",
                "!~~",
                "in",
                "!in",
                "range",
                "!range",
                "startsWith",
                "endsWith");
    }

    /** Whether there is such an operator. */
    default boolean knows(String operator) {
        return all().contains(operator);
    }
}
