package camelbell.operations;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The words of the configuration's own policy table, which a shell completes; none where it cannot be read. */
final class PolicyCandidates {

    /** The script quotes nothing, and a shell obeys more than the table may mean. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.-]+");

    private PolicyCandidates() {}

    private static Iterator<String> of(Function<PolicyWords, Set<String>> words) {
        try {
            return words.apply(PolicyWords.of(Settings.load())).stream()
                    .filter(word -> HARMLESS.matcher(word).matches())
                    .iterator();
        } catch (CommandFailedException noConfiguration) {
            return List.<String>of().iterator();
        }
    }

    static final class Types implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return of(PolicyWords::types);
        }
    }

    static final class ChannelCodes implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return of(PolicyWords::channels);
        }
    }
}
