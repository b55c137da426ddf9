package camelbell.recipient;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * The metric {@code camelbell.conditions.failed}: rules whose condition could not be evaluated for an event or for a person of
 * it. Each counts once an event, and again when the event is planned again.
 */
@Component
class FailedConditions {

    private final MeterRegistry meters;

    FailedConditions(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(String type) {
        meters.counter("camelbell.conditions.failed", "type", type).increment();
    }
}
