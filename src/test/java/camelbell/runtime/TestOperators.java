package camelbell.runtime;

import camelbell.model.Operators;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel's own operators, as the hub has them, for tests of decisions that start no hub. */
public final class TestOperators {

    private static final Operators SIMPLE = new SimpleOperators(new DefaultCamelContext());

    private TestOperators() {}

    public static Operators simple() {
        return SIMPLE;
    }
}
