package camelbell.runtime.start;

import org.apache.camel.PropertyBindingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which property of a bean in a route file is wrong, but not its value, which may be a secret; Camel quotes it.
 * Named in spring.factories.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PropertyBindingAnalyzer extends AbstractFailureAnalyzer<PropertyBindingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PropertyBindingException cause) {
        Object target = cause.getTarget();
        return new FailureAnalysis(
                "A route file gives a bean"
                        + (target == null ? "" : " of " + target.getClass().getName())
                        + " the property " + cause.getPropertyName()
                        + ", which it does not have or cannot take. Its value is not shown, since it may be a secret.",
                null,
                cause);
    }
}
