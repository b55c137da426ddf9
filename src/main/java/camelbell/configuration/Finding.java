package camelbell.configuration;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One thing that is wrong in a file that engineers edit, or hardly meant.
 *
 * @param file as a compiler would print it, such as {@code routes/policy.yaml}
 * @param line the first is 1; 0: the file altogether
 * @param column the first is 1; 0 with line 0
 * @param text what was found and, as far as that can be guessed, what was meant; no full stop
 */
public record Finding(String file, int line, int column, Severity severity, String text)
        implements Comparable<Finding> {

    /** What a terminal would obey, or would begin a line with. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private static final Comparator<Finding> AS_READ = Comparator.comparing(Finding::file)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::text);

    public Finding {
        text = CONTROL.matcher(text).replaceAll(" ");
    }

    /** Whether the hub can run with it. */
    public enum Severity {
        /** The hub does not start with it, or would do what nobody meant. */
        ERROR("error"),
        /** The hub runs; somebody should look. */
        WARNING("warning");

        private final String word;

        Severity(String word) {
            this.word = word;
        }

        /** As it is printed. */
        public String word() {
            return word;
        }
    }

    /** Where it is, as editors and terminals know it: {@code file:line:column}. */
    public String place() {
        return line > 0 ? file + ":" + line + ":" + column : file;
    }

    /** Place and text, for where the severity is said otherwise. */
    public String sentence() {
        return place() + ": " + text;
    }

    /** By file, line and column. */
    @Override
    public int compareTo(Finding other) {
        return AS_READ.compare(this, other);
    }

    /** The line that compilers print: {@code file:line:column: error: text}. */
    @Override
    public String toString() {
        return place() + ": " + severity.word() + ": " + text;
    }
}
