package camelbell.operations;

import camelbell.rest.Query;
import camelbell.store.DeliveryOrders;
import camelbell.store.DeliveryOrders.Failed;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deliveries}: what REST offers to ADMIN users, directly on the database, for when the hub does not answer. */
@Command(
        name = "deliveries",
        description = "Lists failed deliveries, has the hub try them again, or cancels waiting ones.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {ExitCode.DONE_IS, ExitCode.FAILED_IS, ExitCode.NOT_UNDERSTOOD_IS},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|retry|cancel")
final class DeliveriesCommand {

    private static final int MOST_LISTED = 1000;

    private final StatusWriter statuses;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DeliveriesCommand(StatusWriter statuses) {
        this.statuses = statuses;
    }

    @Command(
            name = "list",
            description = "Prints failed deliveries, newest first, tab-separated, 1000 at most.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--channel") @Nullable String channel,
            @Option(names = "--reason") @Nullable String reason,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until) {
        DeliveryFilter filter = filter(channel, reason, type, since, until, null);
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = Settings.load();
        List<Failed> found =
                Database.work(settings, jdbc -> new DeliveryOrders(jdbc).failed(filter.condition(), null, MOST_LISTED));
        if (found.isEmpty()) {
            refuseUnknown(settings, channel, type);
            spec.commandLine()
                    .getErr()
                    .println("There is no such failed delivery" + (since == null ? " of the last seven days." : "."));
        }
        found.forEach(one -> out.printf(
                "%d\t%s\t%s\t%s\t%d\t%s%n",
                one.id(), one.createdAt(), one.channel(), one.type(), one.recipient(), one.reason()));
        return 0;
    }

    @Command(
            name = "retry",
            description = "Has the hub try failed deliveries again, 10000 at most.",
            mixinStandardHelpOptions = true)
    int retry(
            @Option(names = "--id", description = "One notification, and no filter.") @Nullable Long id,
            @Option(names = "--channel") @Nullable String channel,
            @Option(names = "--reason") @Nullable String reason,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until) {
        DeliveryFilter filter = filter(channel, reason, type, since, until, null);
        if (filter.everything() == (id == null)) {
            throw new CommandFailedException(
                    "Name either --id or at least one of --channel, --reason, --type, --since, --until.");
        }
        Map<String, String> given = id == null ? filter.given() : Map.of("id", id.toString());
        Settings settings = Settings.load();
        int count = Database.work(settings, jdbc -> {
            Instant now = Database.now(jdbc);
            DeliveryOrders deliveries = new DeliveryOrders(jdbc);
            int retried = id == null ? deliveries.retry(filter.condition(), now) : deliveries.retry(id, now);
            new Audit(jdbc).note(now, Database.who(), "retry", given, retried);
            return retried;
        });
        spec.commandLine().getOut().println(count + " deliveries will be tried again");
        if (count == 0 && id != null) {
            throw new CommandFailedException("There is no failed delivery " + id + ".");
        }
        if (count == 0) {
            refuseUnknown(settings, channel, type);
        }
        return 0;
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Ends waiting deliveries as FAILED, CANCELLED, 10000 at most; producers are told.")
    int cancel(
            @Option(names = "--channel") @Nullable String channel,
            @Option(names = "--reason") @Nullable String reason,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until,
            @Option(names = "--older-than", description = "Such as 2h.") @Nullable String olderThan) {
        DeliveryFilter filter = filter(channel, reason, type, since, until, olderThan);
        if (filter.everything()) {
            throw new CommandFailedException(
                    "Name at least one of --channel, --reason, --type, --since, --until, --older-than.");
        }
        Settings settings = Settings.load();
        int count = Database.work(settings, jdbc -> {
            Instant now = Database.now(jdbc);
            List<Failed> cancelled = new DeliveryOrders(jdbc).cancel(filter.condition());
            statuses.put(jdbc, cancelled.stream().map(one -> one.report(now)).toList(), now);
            new Audit(jdbc).note(now, Database.who(), "cancel", filter.given(), cancelled.size());
            return cancelled.size();
        });
        spec.commandLine().getOut().println(count + " deliveries are cancelled");
        if (count == 0) {
            refuseUnknown(settings, channel, type);
        }
        return 0;
    }

    private static void refuseUnknown(Settings settings, @Nullable String channel, @Nullable String type) {
        PolicyWords policy = PolicyWords.of(settings);
        UnknownWord.refuse("--channel", channel, policy.channels());
        UnknownWord.refuse("--type", type, policy.types());
    }

    private static DeliveryFilter filter(
            @Nullable String channel,
            @Nullable String reason,
            @Nullable String type,
            @Nullable String since,
            @Nullable String until,
            @Nullable String olderThan) {
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
            throw new CommandFailedException(ExitCode.NOT_UNDERSTOOD, String.valueOf(unreadable.getMessage()));
        }
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
