package camelbell.check;

import camelbell.configuration.Finding;
import camelbell.model.StartRefused;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says all that is wrong with the files when one mistake of them has stopped the start, be it the first that a table's reader
 * met or one that only Camel did. Named in spring.factories.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class CheckAnalyzer extends AbstractFailureAnalyzer<Throwable> {

    private final @Nullable RunningCheck check;

    CheckAnalyzer(Environment environment) {
        this.check = StartCheck.of(environment);
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, Throwable cause) {
        if (check == null) {
            return null;
        }
        String errors = check.errors();
        return !errors.isEmpty() && isOfTheFiles(rootFailure, check) ? new FailureAnalysis(errors, null, cause) : null;
    }

    /** Another failure is not hidden behind the files, even when they are wrong, too. */
    private static boolean isOfTheFiles(Throwable failure, RunningCheck check) {
        for (Throwable link = failure; link != null && link != link.getCause(); link = link.getCause()) {
            String message = String.valueOf(link.getMessage());
            if (link instanceof CamelSpringBootInitializationException
                    || (link instanceof StartRefused
                            && check.findings().stream().map(Finding::text).anyMatch(message::contains))) {
                return true;
            }
        }
        return false;
    }
}
