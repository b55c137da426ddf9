package camelbell.operations;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a word of a filter that nothing has, once nothing was found by it: rows may still have words that the tables
 * of today do not know, and those are found.
 */
final class UnknownWord {

    private UnknownWord() {}

    /** Errors: CommandFailedException when the word is given, and none of those that there are. */
    static void refuse(String option, @Nullable String given, Set<String> known) {
        if (given != null && !given.isEmpty() && !known.isEmpty() && !known.contains(given)) {
            throw new CommandFailedException(
                    ExitCode.NOT_UNDERSTOOD,
                    "There is no " + given + " for " + option + ", it is one of "
                            + String.join(", ", new TreeSet<>(known)) + "; nothing was found by it.");
        }
    }
}
