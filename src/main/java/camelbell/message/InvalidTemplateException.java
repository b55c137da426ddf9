package camelbell.message;

import camelbell.model.StartRefused;
import org.jspecify.annotations.Nullable;

/** Words, a layout or the WhatsApp registry cannot be used. The message names file and line; start-up ends with it. */
class InvalidTemplateException extends StartRefused {

    InvalidTemplateException(String file, int line, String complaint, @Nullable Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + complaint, cause);
    }
}
