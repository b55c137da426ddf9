package camelbell.message;

/** Makes text from elsewhere harmless for one line of a message, whatever the channel. */
final class PlainText {

    private PlainText() {}

    /**
     * The text on one line: white space of any kind is one space; control characters, bidirectional overrides and
     * lone surrogates are gone; cut to so many code points, never through a character.
     */
    static String line(String text, int codePoints) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), 2 * codePoints));
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                space(line);
            } else if (isShown(c)) {
                line.appendCodePoint(c);
            }
        });
        return cut(line.toString().strip(), codePoints);
    }

    private static void space(StringBuilder line) {
        if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
            line.append(' ');
        }
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE -> false;
                // joiners hold emoji and Indic letters together, tags make flags; every other format sign is a disguise
            case Character.FORMAT -> c == 0x200C || c == 0x200D || (c >= 0xE0020 && c <= 0xE007F);
            default -> true;
        };
    }

    private static String cut(String text, int codePoints) {
        if (text.codePointCount(0, text.length()) <= codePoints) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, codePoints - 1)).stripTrailing() + "…";
    }
}
