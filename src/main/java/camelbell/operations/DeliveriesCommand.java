package camelbell.operations;

import camelbell.store.DeliveryOrders;
import camelbell.store.DeliveryOrders.Failed;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deliveries}: what REST offers to ADMIN users, directly on the database, for when the hub does not answer. */
@Command(
        name = "deliveries",
        description = "Lists failed deliveries, has the hub try them again, or cancels waiting ones.",
        footer = {"  camelbell deliveries list", "  camelbell deliveries retry --reason \"SMTP 550\""},
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
            description =
                    "Prints failed deliveries, newest first, 1000 at most: id, when it was recorded, channel, type of"
                            + " event, recipient, reason; tab-separated.",
            footer = {
                "  camelbell deliveries list --channel EMAIL --since 2026-01-31T08:00:00Z",
                "  camelbell deliveries list --json"
            },
            mixinStandardHelpOptions = true)
    int list(@Mixin DeliveryOptions which, @Mixin JsonOutput json) {
        DeliveryFilter filter = which.filter(null);
        PrintWriter out = spec.commandLine().getOut();
        Settings settings = Settings.load();
        List<Failed> found =
                Database.work(settings, jdbc -> new DeliveryOrders(jdbc).failed(filter.condition(), null, MOST_LISTED));
        if (found.isEmpty()) {
            which.refuseUnknown(settings);
            spec.commandLine()
                    .getErr()
                    .println(
                            "There is no such failed delivery" + (which.hasSince() ? "." : " of the last seven days."));
        }
        found.forEach(one -> json.println(
                out,
                one,
                "%d\t%s\t%s\t%s\t%d\t%s"
                        .formatted(
                                one.id(), one.createdAt(), one.channel(), one.type(), one.recipient(), one.reason())));
        return ExitCode.DONE;
    }

    @Command(
            name = "retry",
            description =
                    "Has the hub try failed deliveries again, 10000 at most; --id or at least one filter is needed.",
            footer = {
                "  camelbell deliveries retry --id 4711",
                "  camelbell deliveries retry --channel WHATSAPP --reason \"META 131026\""
            },
            mixinStandardHelpOptions = true)
    int retry(
            @Option(names = "--id", paramLabel = "ID", description = "This notification alone, and no filter.")
                    @Nullable
                    Long id,
            @Mixin DeliveryOptions which,
            @Mixin JsonOutput json) {
        DeliveryFilter filter = which.filter(null);
        if (filter.everything() == (id == null)) {
            throw new CommandFailedException("Name either --id or at least one of " + DeliveryOptions.NAMES + ".");
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
        report(json, count, " deliveries will be tried again");
        if (count == 0 && id != null) {
            throw new CommandFailedException("There is no failed delivery " + id + ".");
        }
        if (count == 0) {
            which.refuseUnknown(settings);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "cancel",
            description = "Ends waiting deliveries as FAILED, CANCELLED, 10000 at most, and tells producers;"
                    + " at least one filter is needed.",
            footer = {
                "  camelbell deliveries cancel --channel WHATSAPP --older-than 2h",
                "  camelbell deliveries cancel --type work_started --until 2026-01-31T08:00:00Z"
            },
            mixinStandardHelpOptions = true)
    int cancel(
            @Mixin DeliveryOptions which,
            @Option(
                            names = "--older-than",
                            paramLabel = "DURATION",
                            description = "Only what was recorded longer ago than this, such as 2h.")
                    @Nullable
                    String olderThan,
            @Mixin JsonOutput json) {
        DeliveryFilter filter = which.filter(olderThan);
        if (filter.everything()) {
            throw new CommandFailedException("Name at least one of " + DeliveryOptions.NAMES + ", --older-than.");
        }
        Settings settings = Settings.load();
        int count = Database.work(settings, jdbc -> {
            Instant now = Database.now(jdbc);
            List<Failed> cancelled = new DeliveryOrders(jdbc).cancel(filter.condition());
            statuses.put(jdbc, cancelled.stream().map(one -> one.report(now)).toList(), now);
            new Audit(jdbc).note(now, Database.who(), "cancel", filter.given(), cancelled.size());
            return cancelled.size();
        });
        report(json, count, " deliveries are cancelled");
        if (count == 0) {
            which.refuseUnknown(settings);
        }
        return ExitCode.DONE;
    }

    private void report(JsonOutput json, int count, String what) {
        json.println(spec.commandLine().getOut(), new Changed(count, count == DeliveryOrders.MOST), count + what);
    }

    /**
     * What {@code --json} says of an order, as REST does.
     *
     * @param more whether the same order again would find more
     */
    private record Changed(int count, boolean more) {}
}
