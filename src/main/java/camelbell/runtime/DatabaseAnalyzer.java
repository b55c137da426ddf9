package camelbell.runtime;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence that the database cannot be used; without it the start ends in a page of stack. */
class DatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return new FailureAnalysis(
                "The database cannot be used: " + firstLine(cause)
                        + " Check spring.datasource.url, username and password (SPRING_DATASOURCE_URL, ...), and that"
                        + " PostgreSQL is up.",
                null,
                cause);
    }

    private static String firstLine(SQLException cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String line = message.lines().findFirst().orElse("no reason given").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
