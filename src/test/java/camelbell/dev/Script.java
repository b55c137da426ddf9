package camelbell.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The scripted answers still to be given, in the order they were asked for; those for the number go first. */
final class Script {

    private final List<Waiting> waiting = new ArrayList<>();

    synchronized void add(ScriptedAnswer answer) {
        waiting.add(new Waiting(answer));
    }

    /** True while this answer, or one that is equal to it, is still to be given. */
    synchronized boolean holds(ScriptedAnswer answer) {
        return waiting.stream().anyMatch(one -> one.answer.equals(answer));
    }

    synchronized void remove(ScriptedAnswer answer) {
        waiting.removeIf(one -> one.answer.equals(answer));
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized Optional<ScriptedAnswer> next(String number) {
        return first(answer -> number.equals(answer.to())).or(() -> first(answer -> answer.to() == null));
    }

    private Optional<ScriptedAnswer> first(Predicate<ScriptedAnswer> wanted) {
        Optional<Waiting> found = waiting.stream()
                .filter(candidate -> wanted.test(candidate.answer))
                .findFirst();
        found.ifPresent(this::use);
        return found.map(chosen -> chosen.answer);
    }

    private void use(Waiting chosen) {
        chosen.used++;
        if (chosen.used == chosen.answer.times()) {
            waiting.remove(chosen);
        }
    }

    private static final class Waiting {
        final ScriptedAnswer answer;
        int used;

        Waiting(ScriptedAnswer answer) {
            this.answer = answer;
        }
    }
}
