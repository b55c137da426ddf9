package camelbell.message;

import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.model.StartRefused;
import org.jspecify.annotations.Nullable;

/** A layout cannot be used. The message names file and line; start-up ends with it. */
class InvalidTemplateException extends StartRefused {

    private final transient Finding finding;

    InvalidTemplateException(String file, int line, String complaint, @Nullable Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + complaint, cause);
        this.finding = new Finding(file, line, line > 0 ? 1 : 0, Severity.ERROR, complaint);
    }

    /** The same, among others. */
    Finding finding() {
        return finding;
    }
}
