package camelbell.runtime;

import camelbell.model.Operators;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One predicate of Camel's Simple language for each operator, made once. Both sides are variables of the exchange, so that
 * nothing of a policy table or an event is ever parsed as Simple.
 */
@Component("simpleOperators")
public final class SimpleOperators implements Operators {

    private final CamelContext camel;
    private final Map<String, Predicate> predicates = new HashMap<>();

    SimpleOperators(CamelContext camel) {
        this.camel = camel;
        Language simple = camel.resolveLanguage("simple");
        for (String name : all()) {
            Predicate predicate = simple.createPredicate("${variable.left} " + name + " ${variable.right}");
            predicate.init(camel);
            predicates.put(name, predicate);
        }
    }

    /** Without the hub, for commands: a Camel context that is never started knows the language as well. */
    public static Operators standalone() {
        return new SimpleOperators(new DefaultCamelContext());
    }

    @Override
    public boolean hold(@Nullable Object left, String operator, @Nullable Object right) {
        Predicate predicate = predicates.get(operator);
        if (predicate == null) {
            throw new IllegalArgumentException("no operator " + operator);
        }
        Exchange exchange = new DefaultExchange(camel);
        exchange.setVariable("left", left);
        exchange.setVariable("right", right);
        return predicate.matches(exchange);
    }
}
