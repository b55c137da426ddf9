package camelbell.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hub cannot start as it is configured. The message is one sentence: what was found, which key or file, what to do.
 * It is printed without a stack trace.
 */
public class StartRefused extends RuntimeException {

    /** For a key that a route file names and nobody has set. */
    public static StartRefused missing(String key) {
        return new StartRefused(
                key + " is not set, and a route file needs it: set it, for instance as the environment variable "
                        + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + ".");
    }

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
