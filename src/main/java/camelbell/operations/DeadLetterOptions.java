package camelbell.operations;

import camelbell.rest.Query;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters a command means: the filters of REST, as options. */
final class DeadLetterOptions {

    static final String NAMES = "--topic, --code, --since, --until";

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those on this topic of dead letters.")
    private @Nullable String topic;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            completionCandidates = Codes.class,
            description = "Only those with this code: ${COMPLETION-CANDIDATES}.")
    private @Nullable String code;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what was put aside at this time or later, such as 2026-01-31T08:00:00Z;"
                    + " without it, in the last seven days.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was put aside before this time.")
    private @Nullable String until;

    boolean hasSince() {
        return since != null;
    }

    /** Errors: CommandFailedException with the option that cannot be read. */
    DeadLetterFilter filter() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("topic", topic == null ? "" : topic);
        given.put("code", code == null ? "" : code);
        given.put("since", since == null ? "" : since);
        given.put("until", until == null ? "" : until);
        try {
            return DeadLetterFilter.of(Query.ofEach(given), Instant.now());
        } catch (IllegalArgumentException unreadable) {
            throw CommandFailedException.option(unreadable);
        }
    }

    /** Errors: CommandFailedException when nothing was found by a word that there is not. */
    void refuseUnknown(Settings settings) {
        UnknownWord.refuse("--topic", topic, settings.deadLetters().origins().keySet());
        UnknownWord.refuse("--code", code, DeadLettersCommand.CODES);
    }

    static final class Codes implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return new TreeSet<>(DeadLettersCommand.CODES).iterator();
        }
    }
}
