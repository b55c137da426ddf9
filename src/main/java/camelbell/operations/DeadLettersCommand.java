package camelbell.operations;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dead-letters}: what REST offers to ADMIN users, directly on Kafka and the database. */
@Command(
        name = "dead-letters",
        description = "Lists what could never be processed, or posts it again once it can be.",
        footer = {"  camelbell dead-letters list", "  camelbell dead-letters replay --code UNKNOWN_TYPE"},
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
            description =
                    "Prints dead letters, those of a partition in their order: id, when it was put aside, code, JSON"
                            + " pointer, and whether it was replayed; tab-separated.",
            footer = {
                "  camelbell dead-letters list --code UNKNOWN_TYPE --since 2026-01-31T08:00:00Z",
                "  camelbell dead-letters list --json"
            },
            mixinStandardHelpOptions = true)
    int list(@Mixin DeadLetterOptions which, @Mixin JsonOutput json) {
        DeadLetterFilter filter = which.filter();
        Settings settings = Settings.load();
        PrintWriter out = spec.commandLine().getOut();
        AtomicInteger listed = new AtomicInteger();
        Database.work(settings, jdbc -> {
            Map<String, Instant> replayed = new ReplayedDeadLetters(jdbc).since(filter.since());
            settings.deadLetters().read(filter.since(), deadLetter -> {
                if (filter.means(deadLetter)) {
                    listed.incrementAndGet();
                    Instant when = replayed.get(deadLetter.id());
                    json.println(out, DeadLetterView.listed(deadLetter).replayed(when), line(deadLetter, when));
                }
                return !Output.broken(out);
            });
            return true;
        });
        if (listed.get() == 0) {
            which.refuseUnknown(settings);
            spec.commandLine()
                    .getErr()
                    .println("There is no such dead letter" + (which.hasSince() ? "." : " of the last seven days."));
        }
        return ExitCode.DONE;
    }

    private static String line(StoredDeadLetter deadLetter, @Nullable Instant replayed) {
        return String.join(
                "\t",
                deadLetter.id(),
                deadLetter.at().toString(),
                deadLetter.code(),
                deadLetter.header("error-pointer"),
                replayed == null ? "" : "replayed");
    }

    @Command(
            name = "replay",
            description = "Posts dead letters again where they came from, each once; at least one filter is needed.",
            footer = {
                "  camelbell dead-letters replay --code UNKNOWN_TYPE --rate 50/s",
                "  camelbell dead-letters replay --topic users-dlt --json"
            },
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin DeadLetterOptions which,
            @Option(
                            names = "--rate",
                            paramLabel = "N/s",
                            converter = Rate.Parser.class,
                            description = "At most so many a second; 100/s without it.")
                    @Nullable
                    Rate rate,
            @Mixin JsonOutput json) {
        DeadLetterFilter filter = which.filter();
        if (filter.everything()) {
            throw new CommandFailedException("Name at least one of " + DeadLetterOptions.NAMES + ".");
        }
        Settings settings = Settings.load();
        DeadLetterProducer.ReplayOutcome outcome = Database.work(settings, jdbc -> {
            Instant now = Database.now(jdbc);
            DeadLetterProducer.ReplayOutcome replayed = new DeadLetterReplay(settings.deadLetters(), jdbc)
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
        int count = outcome.posted().size();
        json.println(
                spec.commandLine().getOut(),
                new Replayed(count, ids(outcome.gone()), ids(outcome.refused())),
                count + " dead letters were posted again");
        if (outcome.posted().isEmpty()) {
            which.refuseUnknown(settings);
        }
        if (outcome.gone().isEmpty() && outcome.refused().isEmpty()) {
            return ExitCode.DONE;
        }
        throw new CommandFailedException(left("hold only the head, and the original is gone", ids(outcome.gone()))
                + left("are refused by their topic, see its max.message.bytes", ids(outcome.refused())));
    }

    /**
     * What {@code --json} says of a replay.
     *
     * @param gone dead letters that hold only the head, whose original is gone
     * @param refused dead letters that their topic does not take
     */
    private record Replayed(int count, List<String> gone, List<String> refused) {}

    private static List<String> ids(List<DeadLetterPosition> deadLetters) {
        return deadLetters.stream().map(DeadLetterPosition::id).toList();
    }

    /** The first ten by name. */
    private static String left(String why, List<String> deadLetters) {
        return deadLetters.isEmpty()
                ? ""
                : "%d %s: %s.%n"
                        .formatted(
                                deadLetters.size(),
                                why,
                                deadLetters.stream().limit(10).collect(Collectors.joining(", ")));
    }
}
