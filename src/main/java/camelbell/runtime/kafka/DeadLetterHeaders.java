package camelbell.runtime.kafka;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Which message headers a dead letter carries: the reasons and the CloudEvents attributes, nothing else. Camel's own
 * filter drops every name that begins with "camel", and the hub's begin so.
 */
@Component("deadLetterHeaders")
class DeadLetterHeaders implements HeaderFilterStrategy {

    /** True for a header that stays behind. */
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !name.startsWith("camelbell-") && !name.startsWith("ce_") && !name.equals("content-type");
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
