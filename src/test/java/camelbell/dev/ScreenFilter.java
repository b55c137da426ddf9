package camelbell.dev;

import camelbell.model.Stopping;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Of the log only warnings come to the screen, and while the process stops none: what stops complains of what has. */
public final class ScreenFilter extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel().isGreaterOrEqual(Level.WARN) && !Stopping.begun()
                ? FilterReply.NEUTRAL
                : FilterReply.DENY;
    }
}
