package camelbell.channel;

import camelbell.model.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A failure that no provider explains: a fault of ours. It is tried again, and an operator should hear of it. */
public final class Unexpected {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    /** The word for all of them, in routes/retries.yaml and as the reason of an attempt: no class gives it its name. */
    public static final String REASON = "UNEXPECTED";

    private Unexpected() {}

    /** Tells of it once. The message is left out, because it may quote personal data. */
    public static void log(Delivery delivery, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        LOG.error(
                "channel failed unexpectedly notification={} channel={} exception={} at={}; report it with this line",
                delivery.notificationId(),
                delivery.channel().code(),
                fault.getClass().getName(),
                trace.length == 0 ? "?" : trace[0]);
    }
}
