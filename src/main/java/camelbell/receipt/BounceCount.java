package camelbell.receipt;

import camelbell.store.AfterCommit;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** The metric {@code camelbell.bounces}: mails in the bounce mailbox, by what they turned out to be. */
@Component
class BounceCount {

    private final MeterRegistry meters;

    BounceCount(MeterRegistry meters) {
        this.meters = meters;
    }

    void add(String result, int mails) {
        AfterCommit.run(
                () -> meters.counter("camelbell.bounces", "result", result).increment(mails));
    }
}
