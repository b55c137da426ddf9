package camelbell.channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A failure that no provider explains: a fault of ours. It is tried again, and an operator should hear of it. */
public final class Unexpected {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    /** The word for all of them in routes/retries.yaml. */
    public static final String SIGN = "UNEXPECTED";

    private Unexpected() {}

    /** The message is left out of reason and log, because it may quote personal data. */
    public static String reason(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        LOG.error(
                "channel failed unexpectedly exception={} at={}; report it with this line",
                fault.getClass().getName(),
                trace.length == 0 ? "?" : trace[0]);
        return SIGN + " " + fault.getClass().getSimpleName();
    }
}
