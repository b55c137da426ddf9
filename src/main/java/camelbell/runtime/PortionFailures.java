package camelbell.runtime;

import camelbell.model.Portion;
import camelbell.model.Portion.Care;
import camelbell.model.Portions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What becomes of a portion that could not be recorded. When the database refuses it for its content, trying again is of
 * no use: it is halved down to the one event that is refused, and that one is put aside. When a session holds an inbox, the
 * portion is recorded without that inbox. Everything else is an outage.
 */
@Component("portionFailures")
class PortionFailures {

    private static final Logger LOG = LoggerFactory.getLogger(PortionFailures.class);

    /** See src/docs/reference/dead-letters.md. */
    private static final String CODE = "UNSTORABLE";

    /** No event's content: all keys are the hub's own, and the next try takes others. */
    private static final String UNIQUE_VIOLATION = "23505";

    /** Puts back what is to be recorded instead. Errors: the failure itself, when the whole batch must come again. */
    public void mend(Exception failure, Portion portion, Portions portions) throws Exception {
        String state = FailureKinds.sqlState(failure);
        if (state.equals(FailureKinds.LOCKED) // within camelbell.delivery.lock-wait
                && portion.care() != Care.ALL_LATER
                && !portion.plans().isEmpty()) {
            portions.putBack(List.of(portion.with(portion.care().next())));
            return;
        }
        if (portion.plans().isEmpty() || !ContentRefusal.of(failure) || state.equals(UNIQUE_VIOLATION)) {
            throw failure;
        }
        if (portion.plans().size() > 1) {
            portions.putBack(portion.halves());
            return;
        }
        LOG.warn(
                "event refused by the database source={} event={} sqlstate={}; its dead letter gets the code {}",
                portion.plans().get(0).event().source(),
                portion.plans().get(0).event().id(),
                state,
                CODE);
        portions.putBack(List.of(portion.rejected(CODE, "the database refuses to store it, SQLState " + state)));
    }
}
