package camelbell.check;

import camelbell.model.Operators;
import org.jspecify.annotations.Nullable;

/** The operators as far as conditions are read; here none is ever evaluated. */
final class OperatorNames implements Operators {

    @Override
    public boolean hold(@Nullable Object left, String operator, @Nullable Object right) {
        throw new UnsupportedOperationException("a check evaluates no condition");
    }
}
