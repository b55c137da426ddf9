package camelbell.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as clients write them. */
final class Numbers {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private Numbers() {}

    /** A database id, or null when the text is none. */
    static @Nullable Long id(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }
}
