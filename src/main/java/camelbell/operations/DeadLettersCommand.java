package camelbell.operations;

import camelbell.rest.Query;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead-letters}: what REST offers to ADMIN users, directly on Kafka and the database. */
@Command(
        name = "dead-letters",
        description = "Lists what could never be processed, or posts it again once it can be.",
        footer = {"", "Without --since: the last seven days. A letter is replayed once; events are known by their id."},
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.DONE_IS, ExitCode.FAILED_IS, ExitCode.NOT_UNDERSTOOD_IS},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|replay")
final class DeadLettersCommand {

    /** As the page "Dead letters" of the reference explains them. */
    static final Set<String> CODES = Set.of(
            "EMPTY",
            "TOO_LARGE",
            "MALFORMED",
            "NOT_OBJECT",
            "MISSING_FIELD",
            "INVALID_FIELD",
            "UNKNOWN_TYPE",
            "UNSTORABLE",
            "INVALID_USER");

    private static final Rate CALM = new Rate(100);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "list",
            description = "Prints dead letters, tab-separated, those of a partition in their order.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--topic") @Nullable String topic,
            @Option(names = "--code") @Nullable String code,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until) {
        Settings settings = Settings.load();
        DeadLetterFilter filter = filter(topic, code, since, until);
        PrintWriter out = spec.commandLine().getOut();
        AtomicInteger listed = new AtomicInteger();
        Database.work(settings, jdbc -> {
            Map<String, Instant> replayed = new ReplayedDeadLetters(jdbc).since(filter.since());
            settings.deadLetters().read(filter.since(), letter -> {
                if (filter.means(letter)) {
                    listed.incrementAndGet();
                    out.printf(
                            "%s\t%s\t%s\t%s\t%s%n",
                            letter.id(),
                            letter.at(),
                            letter.code(),
                            letter.header("error-pointer"),
                            replayed.containsKey(letter.id()) ? "replayed" : "");
                }
                return !Output.broken(out);
            });
            return true;
        });
        if (listed.get() == 0) {
            refuseUnknown(settings, topic, code);
            spec.commandLine()
                    .getErr()
                    .println("There is no such dead letter" + (since == null ? " of the last seven days." : "."));
        }
        return 0;
    }

    @Command(
            name = "replay",
            description = "Posts dead letters again where they came from, each once.",
            mixinStandardHelpOptions = true)
    int replay(
            @Option(names = "--topic") @Nullable String topic,
            @Option(names = "--code") @Nullable String code,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until,
            @Option(
                            names = "--rate",
                            paramLabel = "N/s",
                            converter = Rate.Parser.class,
                            description = "At most so many a second; 100/s without it.")
                    @Nullable
                    Rate rate) {
        DeadLetterFilter filter = filter(topic, code, since, until);
        if (filter.everything()) {
            throw new CommandFailedException("Name at least one of --topic, --code, --since, --until.");
        }
        Settings settings = Settings.load();
        DeadLetterProducer.Outcome outcome = Database.work(settings, jdbc -> {
            Instant now = Database.now(jdbc);
            DeadLetterProducer.Outcome replayed = new DeadLetterReplay(settings.deadLetters(), jdbc)
                    .replay(filter, Integer.MAX_VALUE, rate == null ? CALM : rate, now);
            new Audit(jdbc)
                    .note(
                            now,
                            Database.who(),
                            "replay",
                            filter.given(),
                            replayed.posted().size());
            return replayed;
        });
        spec.commandLine().getOut().println(outcome.posted().size() + " dead letters were posted again");
        if (outcome.posted().isEmpty()) {
            refuseUnknown(settings, topic, code);
        }
        if (outcome.gone().isEmpty() && outcome.refused().isEmpty()) {
            return 0;
        }
        throw new CommandFailedException(left("hold only the head, and the original is gone", outcome.gone())
                + left("are refused by their topic, see its max.message.bytes", outcome.refused()));
    }

    private static void refuseUnknown(Settings settings, @Nullable String topic, @Nullable String code) {
        UnknownWord.refuse("--topic", topic, settings.deadLetters().origins().keySet());
        UnknownWord.refuse("--code", code, CODES);
    }

    /** The first ten by name. */
    private static String left(String why, List<DeadLetterPosition> letters) {
        return letters.isEmpty()
                ? ""
                : "%d %s: %s.%n"
                        .formatted(
                                letters.size(),
                                why,
                                letters.stream()
                                        .limit(10)
                                        .map(DeadLetterPosition::id)
                                        .collect(Collectors.joining(", ")));
    }

    private static DeadLetterFilter filter(
            @Nullable String topic, @Nullable String code, @Nullable String since, @Nullable String until) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("topic", topic == null ? "" : topic);
        given.put("code", code == null ? "" : code);
        given.put("since", since == null ? "" : since);
        given.put("until", until == null ? "" : until);
        try {
            return DeadLetterFilter.of(Query.ofEach(given), Instant.now());
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailedException(ExitCode.NOT_UNDERSTOOD, String.valueOf(unreadable.getMessage()));
        }
    }
}
