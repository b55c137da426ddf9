package camelbell.runtime.start;

import camelbell.model.StartRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a key that a route file names and nobody has set as one sentence. Named in spring.factories. */
class MissingKeyAnalyzer extends AbstractFailureAnalyzer<IllegalArgumentException> {

    /** As Camel's property component says it, which has no exception of its own for it. */
    private static final Pattern MISSING =
            Pattern.compile("Property with key \\[(camelbell(?:\\.[A-Za-z0-9_-]+)+)] not found");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
        Matcher missing = MISSING.matcher(String.valueOf(cause.getMessage()));
        if (!missing.find()) {
            return null;
        }
        return new FailureAnalysis(StartRefused.missing(missing.group(1)).getMessage(), null, cause);
    }
}
