package camelbell.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that others write, cut to what the hub keeps of them. The page "Bounds" of the reference says how much that is. */
public final class Shortened {

    /** Code points of a ticket's title. */
    public static final int TITLE = 4096;

    /** Code points of any other word. */
    public static final int WORD = 1000;

    private static final String ELLIPSIS = "…";

    /** What a reader takes for one character: an emoji of several, a flag, a letter with its accents. */
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private Shortened() {}

    /**
     * The text itself when it has at most {@code most} code points. Otherwise its beginning and an ellipsis, together at
     * most so many; what a reader takes for one character stays whole, unless the text begins with one that is longer
     * than the bound.
     */
    public static String to(String text, int most) {
        if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        int limit = text.offsetByCodePoints(0, most - 1);
        // one code point more tells whether a character ends where the limit is
        Matcher graphemes = GRAPHEME.matcher(text.substring(0, text.offsetByCodePoints(limit, 1)));
        int end = 0;
        while (graphemes.find() && graphemes.end() <= limit) {
            end = graphemes.end();
        }
        return text.substring(0, end == 0 ? limit : end) + ELLIPSIS;
    }
}
