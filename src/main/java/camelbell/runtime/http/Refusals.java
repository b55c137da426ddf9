package camelbell.runtime.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import org.springframework.stereotype.Component;

/** Answers requests that are above a limit of memory, and counts them. What is left of their bodies is not read. */
@Component("refusals")
public class Refusals {

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    public void refuse(RoutingContext context, HttpError error) {
        count(error.code());
        UnreadBody.closeAfterAnswer(context);
        HttpErrors.answer(context, error);
    }

    void count(String reason) {
        meters.counter("camelbell.http.refused", "reason", reason).increment();
    }
}
