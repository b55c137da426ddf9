package camelbell.runtime;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends a message on until the receiving route has dealt with it, each time as an exchange of its own. An error handler
 * would not do: what failed inside a transaction is marked as exhausted, and no handler further out tries it again.
 */
@Component("endlessRetry")
class EndlessRetry {

    private static final Logger LOG = LoggerFactory.getLogger(EndlessRetry.class);
    private static final long WAIT_SECONDS = 1;

    private final ProducerTemplate camel;

    EndlessRetry(ProducerTemplate camel) {
        this.camel = camel;
    }

    /**
     * Ends when it has worked, or when the hub stops and its time for that is over.
     * Errors: the last failure, then only.
     */
    public void send(String endpoint, Exchange message) throws Exception {
        Object body = message.getMessage().getBody();
        Map<String, Object> properties = Map.copyOf(message.getProperties());
        for (int failures = 1; ; failures++) {
            Exchange attempt = camel.request(endpoint, exchange -> {
                exchange.getMessage().setBody(body);
                properties.forEach(exchange::setProperty);
            });
            Exception failure = attempt.getException();
            if (failure == null) {
                return;
            }
            CamelContext context = message.getContext();
            if (!context.isRunAllowed() || context.getShutdownStrategy().isTimeoutOccurred()) {
                throw failure;
            }
            LOG.warn(
                    "{} failed {} times and is tried again in {} s exception={}",
                    endpoint,
                    failures,
                    WAIT_SECONDS,
                    root(failure));
            TimeUnit.SECONDS.sleep(WAIT_SECONDS);
        }
    }

    /** Its kind alone: a message may quote what must not be logged. */
    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }
}
