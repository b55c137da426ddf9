package camelbell.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.springframework.stereotype.Component;

/**
 * Has a list stored by a route that takes it in one transaction. When the database refuses it for its content, it is
 * halved down to the one item that is refused, which another route puts aside; so one bad row never holds the good ones. An
 * outage is its caller's matter, who brings the whole list again: the routes change nothing when they are given twice what
 * they have stored.
 */
@Component("parted")
class Parted {

    private static final String METRIC = "camelbell.refused";

    private final ProducerTemplate camel;
    private final MeterRegistry meters;

    Parted(ProducerTemplate camel, MeterRegistry meters) {
        this.camel = camel;
        this.meters = meters;
    }

    /**
     * Stores the items in their order, then has those put aside that are refused; answers together what the routes
     * answered in lists.
     *
     * @param route takes a list and stores it or nothing of it
     * @param aside takes a list of the one item that is refused; its property {@code sqlState} says how
     */
    public List<Object> through(String route, String aside, List<?> items) {
        List<Object> answers = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        Deque<List<?>> open = new ArrayDeque<>();
        open.add(items);
        while (!open.isEmpty()) {
            List<?> part = open.pop();
            try {
                add(answers, call(route, part, ""));
            } catch (RuntimeException failure) {
                if (part.isEmpty() || !ContentRefusal.of(failure)) {
                    throw failure;
                }
                if (part.size() == 1) {
                    refused.add(new Refused(part, FailureKinds.sqlState(failure)));
                } else {
                    open.push(part.subList(part.size() / 2, part.size()));
                    open.push(part.subList(0, part.size() / 2));
                }
            }
        }
        for (Refused one : refused) {
            count(route.replace("direct:", ""));
            add(answers, call(aside, one.item, one.sqlState));
        }
        return answers;
    }

    private record Refused(List<?> item, String sqlState) {}

    /** For routes that put aside by themselves. */
    public void count(String route) {
        meters.counter(METRIC, "route", route).increment();
    }

    private Object call(String route, List<?> part, String sqlState) {
        Exchange done = camel.request(route, exchange -> {
            exchange.setPattern(ExchangePattern.InOut);
            exchange.setProperty("sqlState", sqlState);
            exchange.getMessage().setBody(part);
        });
        if (done.getException() != null) {
            throw unwrapped(done.getException());
        }
        return done.getMessage().getBody();
    }

    private static void add(List<Object> answers, Object answer) {
        if (answer instanceof Collection<?> many) {
            answers.addAll(many);
        }
    }

    /** What a step of the route threw: its transaction wraps that once. */
    private static RuntimeException unwrapped(Exception failure) {
        Throwable inner = failure;
        while (inner instanceof RuntimeCamelException && inner.getCause() instanceof RuntimeException cause) {
            inner = cause;
        }
        return inner instanceof RuntimeException runtime ? runtime : new RuntimeCamelException(failure);
    }
}
