package camelbell.runtime.start;

import camelbell.model.Stopping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A start that is broken off, by Ctrl-C or SIGTERM, has not failed, whatever broke in it. Named in spring.factories. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InterruptedStart implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedStart.class);

    @Override
    public boolean reportException(Throwable failure) {
        if (Stopping.begun()) {
            LOG.info("stopped while it was starting");
            return true;
        }
        return false;
    }
}
