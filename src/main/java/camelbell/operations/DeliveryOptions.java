package camelbell.operations;

import camelbell.rest.Query;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deliveries a command means: the filters of REST, as options. */
final class DeliveryOptions {

    static final String NAMES = "--channel, --reason, --type, --since, --until";

    @Option(
            names = "--channel",
            paramLabel = "CODE",
            completionCandidates = PolicyCandidates.ChannelCodes.class,
            description = "Only those over this channel, by its code in policy.yaml.")
    private @Nullable String channel;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Only those that failed, or wait, for this reason: what stands before any semicolon.")
    private @Nullable String reason;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            completionCandidates = PolicyCandidates.Types.class,
            description = "Only those of this type of event.")
    private @Nullable String type;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only what was recorded at this time or later, such as 2026-01-31T08:00:00Z;"
                    + " without it, in the last seven days.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was recorded before this time.")
    private @Nullable String until;

    boolean hasSince() {
        return since != null;
    }

    /** Errors: CommandFailedException with the option that cannot be read. */
    DeliveryFilter filter(@Nullable String olderThan) {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "channel", channel);
        put(given, "reason", reason);
        put(given, "type", type);
        put(given, "since", since);
        put(given, "until", until);
        put(given, "older_than", olderThan);
        try {
            return DeliveryFilter.of(Query.ofEach(given), Instant.now());
        } catch (IllegalArgumentException unreadable) {
            throw CommandFailedException.option(unreadable);
        }
    }

    /** Errors: CommandFailedException when nothing was found by a word that the table does not know. */
    void refuseUnknown(Settings settings) {
        PolicyWords policy = PolicyWords.of(settings);
        UnknownWord.refuse("--channel", channel, policy.channels());
        UnknownWord.refuse("--type", type, policy.types());
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
