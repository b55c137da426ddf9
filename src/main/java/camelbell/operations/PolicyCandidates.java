package camelbell.operations;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The words of the configuration's own policy table, which a shell completes; none where it cannot be read. */
final class PolicyCandidates {

    private PolicyCandidates() {}

    private static Iterator<String> of(Function<PolicyWords, Set<String>> words) {
        try {
            return words.apply(PolicyWords.of(Settings.load())).iterator();
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

    static final class Channels implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return of(PolicyWords::channels);
        }
    }
}
