package camelbell.runtime.start;

import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence that the database cannot be used; without it the start ends in a page of stack. */
class DatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final String ANY =
            "Check spring.datasource.url, username and password (SPRING_DATASOURCE_URL, ...), and"
                    + " that PostgreSQL is up.";

    private static final String TLS = "PostgreSQL's certificate must be for the host in spring.datasource.url"
            + " (SPRING_DATASOURCE_URL), and the authority that has issued it in the PEM file that sslrootcert names there.";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        return new FailureAnalysis(
                "The database cannot be used: " + firstLine(cause) + " " + (isOfTls(cause) ? TLS : ANY), null, cause);
    }

    /** The driver has no exception of its own for another host's certificate. */
    private static boolean isOfTls(SQLException cause) {
        for (Throwable link = cause; link != null; link = link.getCause()) {
            if (link instanceof SSLException
                    || String.valueOf(link.getMessage()).contains("hostnameverifier")) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(SQLException cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String line = message.lines().findFirst().orElse("no reason given").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
