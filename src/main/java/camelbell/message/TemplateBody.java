package camelbell.message;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text that Meta has approved, as far as the hub has to know it: how much it leaves for its variables.
 *
 * @param text with {{1}}, {{2}}, ...; null where the registry does not say
 */
record TemplateBody(@Nullable String text) {

    /** Meta's limit for a body with its variables filled in, in code points. */
    private static final int LONGEST = 1024;

    /** What values get together when the text is not known: three of the longest. Words take the rest. */
    private static final int LEFT_WHEN_UNKNOWN = 3 * WhatsAppTemplate.LONGEST_PARAMETER;

    /** A value that is shorter says nothing. */
    private static final int SHORTEST_PARAMETER = 20;

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([0-9]{1,3})}}");

    /** What cannot be right with so many parameters, as a sentence; null when nothing is wrong. */
    @Nullable
    String complaint(int parameters) {
        int uses = 0;
        for (int number = 1; number <= parameters; number++) {
            if (uses(number) == 0) {
                return "the body has no {{" + number + "}}, and parameters has " + parameters + " entries";
            }
            uses += uses(number);
        }
        if (text != null && VARIABLE.matcher(text).results().count() != uses) {
            return "the body has variables beyond {{" + parameters + "}}, and parameters has " + parameters
                    + " entries";
        }
        int each = uses == 0 ? LONGEST : left() / uses;
        return left() < 0 || each < SHORTEST_PARAMETER
                ? "of the " + LONGEST + " characters that Meta allows, " + Math.max(0, left()) + " are left for " + uses
                        + " values; each needs " + SHORTEST_PARAMETER + " at least"
                : null;
    }

    /** How often the variable stands in the text. */
    int uses(int variable) {
        return text == null
                ? 1
                : (int) VARIABLE.matcher(text)
                        .results()
                        .filter(found -> found.group(1).equals(String.valueOf(variable)))
                        .count();
    }

    /** With these values for {{1}}, {{2}}, ...; null where the text is not known. */
    @Nullable
    String filled(List<String> values) {
        return text == null
                ? null
                : VARIABLE.matcher(text)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(values.get(Integer.parseInt(found.group(1)) - 1)));
    }

    /** Code points that are left for all values together. */
    int left() {
        if (text == null) {
            return LEFT_WHEN_UNKNOWN;
        }
        Matcher variables = VARIABLE.matcher(text);
        String words = variables.replaceAll("");
        return LONGEST - words.codePointCount(0, words.length());
    }
}
