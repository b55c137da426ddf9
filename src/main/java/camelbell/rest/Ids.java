package camelbell.rest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Database ids as clients write them. */
public final class Ids {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private Ids() {}

    /** A database id, or null when the text is none. */
    public static @Nullable Long of(String text) {
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
