package camelbell.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Breaks the lines of a plain text for readers who see it as it is. What goes on is indented, so that no word of a
 * ticket begins a line and none can look like a line of ours (a signature's mark, a header).
 */
final class Columns {

    /** Some columns less than the 78 of RFC 5322 §2.1.1, so that an answer that quotes the line still has room. */
    private static final int WIDTH = 72;

    private static final String INDENT = "  ";
    private static final Pattern PIECE = Pattern.compile(" *[^ ]+");

    private Columns() {}

    /** Breaks at spaces alone: a word that is longer than a line, such as a link, stays whole. */
    static String wrap(String text) {
        return text.lines().map(Columns::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line) {
        if (width(line) <= WIDTH) {
            return line;
        }
        StringBuilder wrapped = new StringBuilder(line.length() + INDENT.length());
        int column = 0;
        for (Matcher piece = PIECE.matcher(line); piece.find(); ) {
            String word = piece.group();
            if (column > 0 && column + width(word) > WIDTH) {
                word = word.strip();
                wrapped.append('\n').append(INDENT);
                column = INDENT.length();
            }
            wrapped.append(word);
            column += width(word);
        }
        return wrapped.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
