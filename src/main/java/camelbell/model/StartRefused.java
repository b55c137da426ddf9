package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * The hub cannot start as it is configured. The message is one sentence: what was found, which key or file, what to do.
 * It is printed without a stack trace.
 */
public class StartRefused extends RuntimeException {

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
