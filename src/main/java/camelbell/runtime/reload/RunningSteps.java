package camelbell.runtime.reload;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * The steps of one route, behind its consumer: they can be exchanged while the consumer, its queue or its connections go on.
 * An exchange ends on the steps on which it began.
 */
final class RunningSteps extends DelegateAsyncProcessor {

    private volatile StepsVersion now;

    RunningSteps(AsyncProcessor steps) {
        super(steps);
        now = new StepsVersion(steps);
    }

    /** Steps, and how many exchanges are on them. */
    static final class StepsVersion {

        private final AsyncProcessor steps;
        private final AtomicInteger underWay = new AtomicInteger();

        private StepsVersion(AsyncProcessor steps) {
            this.steps = steps;
        }

        AsyncProcessor steps() {
            return steps;
        }

        boolean isIdle() {
            return underWay.get() == 0;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        StepsVersion version = enter();
        try {
            return version.steps.process(exchange, doneSync -> {
                version.underWay.decrementAndGet();
                callback.done(doneSync);
            });
        } catch (RuntimeException | Error thrown) {
            version.underWay.decrementAndGet();
            throw thrown;
        }
    }

    /** Counted on those that are current then, so that nobody takes them for idle meanwhile. */
    private StepsVersion enter() {
        while (true) {
            StepsVersion version = now;
            version.underWay.incrementAndGet();
            if (version == now) {
                return version;
            }
            version.underWay.decrementAndGet();
        }
    }

    /**
     * Puts other steps, which have started, in the place of those; answers these, to be ended when nothing is on them any more.
     */
    StepsVersion replace(AsyncProcessor steps) {
        StepsVersion before = now;
        setProcessor(steps); // what looks from outside, as a stop does, sees the new ones
        now = new StepsVersion(steps);
        return before;
    }

    StepsVersion now() {
        return now;
    }
}
