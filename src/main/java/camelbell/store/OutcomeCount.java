package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts attempts by channel and outcome: the metric camelbell.delivery.attempts. */
@Component
class OutcomeCount {

    private static final Map<Class<? extends DeliveryOutcome>, String> NAMES = Map.of(
            Sent.class, "sent",
            FailedForNow.class, "failed_for_now",
            Unavailable.class, "unavailable",
            Slowed.class, "slowed",
            Throttled.class, "throttled",
            Stopped.class, "stopped",
            Unknown.class, "unknown",
            NotBegun.class, "not_begun",
            FailedForGood.class, "failed_for_good",
            Skipped.class, "skipped");

    private final MeterRegistry metrics;

    OutcomeCount(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void add(Attempt attempt) {
        metrics.counter(
                        "camelbell.delivery.attempts",
                        "channel",
                        attempt.delivery().channel().code(),
                        "outcome",
                        NAMES.getOrDefault(attempt.outcome().getClass(), "other"))
                .increment();
    }
}
