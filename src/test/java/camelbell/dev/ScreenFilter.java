package camelbell.dev;

import camelbell.model.Stopping;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Of the log only warnings and what was reloaded come to the screen, and while the process stops none: what stops complains of what has. */
public final class ScreenFilter extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean told = event.getLevel().isGreaterOrEqual(Level.WARN)
                || event.getLoggerName().equals("camelbell.runtime.reload.LiveReload");
        return told && !Stopping.begun() ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
