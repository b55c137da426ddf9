package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.Operators;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference of the policy table says of each operator. */
class SimpleOperatorsTest {

    private final Operators operators = TestOperators.simple();

    @ParameterizedTest
    @MethodSource
    void each_operator_means_what_it_does_in_simple(
            @Nullable Object left, String operator, @Nullable Object right, boolean holds) {
        assertThat(operators.hold(left, operator, right)).isEqualTo(holds);
    }

    static Stream<Arguments> each_operator_means_what_it_does_in_simple() {
        return Stream.of(
                Arguments.of("HIGH", "==", "HIGH", true),
                Arguments.of("HIGH", "==", "high", false),
                Arguments.of(5L, "==", "5", true),
                Arguments.of(null, "==", null, true),
                Arguments.of("HIGH", "=~", "high", true),
                Arguments.of("HIGH", "!=", "LOW", true),
                Arguments.of(5L, "!=", null, true),
                Arguments.of("HIGH", "!=~", "high", false),
                Arguments.of("12", ">", 3L, true),
                Arguments.of(3L, ">=", 3L, true),
                Arguments.of("12", "<", 3L, false),
                Arguments.of(2.5, "<=", 3L, true),
                Arguments.of(null, ">", 3L, false),
                Arguments.of("Down again", "contains", "again", true),
                Arguments.of(List.of("on-call"), "contains", "on-call", true),
                Arguments.of(List.of(1L, 2L), "contains", 2L, true),
                Arguments.of("Down", "!contains", "again", true),
                Arguments.of("Down", "~~", "DO", true),
                Arguments.of("Down", "!~~", "DO", false),
                Arguments.of("HIGH", "in", List.of("HIGH", "CRITICAL"), true),
                Arguments.of(2L, "in", List.of(1L, 2L), true),
                Arguments.of("LOW", "!in", List.of("HIGH", "CRITICAL"), true),
                Arguments.of(3L, "range", "1..3", true),
                Arguments.of(4L, "!range", "1..3", true),
                Arguments.of("Down", "startsWith", "Do", true),
                Arguments.of("Down", "endsWith", "wn", true));
    }

    @Test
    void the_table_above_leaves_none_out() {
        assertThat(each_operator_means_what_it_does_in_simple()
                        .map(row -> row.get()[1])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(List.copyOf(operators.all()));
    }

    @Test
    void a_value_that_looks_like_simple_stays_a_value() {
        assertThat(operators.hold("${bean:x}", "==", "${bean:x}")).isTrue();
        assertThat(operators.hold("${sysenv.PATH}", "==", System.getenv("PATH")))
                .isFalse();
        assertThat(operators.hold("' || 'a' == 'a", "==", "b")).isFalse();
    }

    @Test
    void what_cannot_be_compared_fails_and_what_is_no_operator_does_too() {
        assertThatThrownBy(() -> operators.hold("9".repeat(30), "==", "5")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> operators.hold("a", "regex", "a")).hasMessage("no operator regex");
    }
}
