package camelbell.dev;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Keeps why a hub of this JVM did not start, for the last line of the screen. Named in spring.factories. */
public final class LastAnalysis implements FailureAnalysisReporter {

    private static volatile String sentence = "";

    @Override
    public void report(FailureAnalysis analysis) {
        String action = analysis.getAction();
        sentence = analysis.getDescription().strip() + (action == null ? "" : " " + action.strip());
    }

    /** Empty when nobody could say. */
    static String sentence() {
        return sentence;
    }
}
