package camelbell.operations;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code capacity}: what a rate of events needs. Asks no server. */
@Command(
        name = "capacity",
        description = {
            "Says how many nodes, partitions, cores and gigabytes a rate of events needs, by the figures of the page \"Capacity\".",
            "Computed from measured costs, not tried at that rate. Asks no server."
        },
        footer = {
            "  camelbell capacity --events-per-second 100",
            "  camelbell capacity --events-per-second 20 --deliveries 50 --notifications 75",
            "  camelbell capacity --events-per-second 20 --sockets 10000",
            "  camelbell capacity --events-per-second 1000 --json"
        },
        mixinStandardHelpOptions = true)
final class CapacityCommand implements Callable<Integer> {

    private static final double MOST = 1_000_000;

    @Option(
            names = "--events-per-second",
            paramLabel = "N",
            required = true,
            description = "Events a second, as a mean over the hours that matter; 0.5 is one in two seconds.")
    private double events;

    @Option(
            names = "--deliveries",
            paramLabel = "N",
            defaultValue = "4",
            description = "Mails and messages that leave the hub for an event. Default: ${DEFAULT-VALUE}.")
    private double deliveries = 4;

    @Option(
            names = "--notifications",
            paramLabel = "N",
            defaultValue = "6",
            description = "Rows of an event, one for each person and channel. Default: ${DEFAULT-VALUE}.")
    private double notifications = 6;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "0",
            description = "WebSockets that are open at the same time. Default: ${DEFAULT-VALUE}.")
    private long sockets;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        known("--events-per-second", events, true);
        known("--deliveries", deliveries, false);
        known("--notifications", notifications, false);
        known("--sockets", (double) sockets, false);
        if (notifications < deliveries) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--notifications " + Capacity.number(notifications) + " is less than --deliveries "
                            + Capacity.number(deliveries) + ": each delivery is a notification");
        }
        Capacity capacity = new Capacity(events, deliveries, notifications, sockets);
        json.println(spec.commandLine().getOut(), new Printed(capacity), capacity.text());
        return ExitCode.DONE;
    }

    private void known(String option, double value, boolean some) {
        if (!(value >= 0 && value <= 100 * MOST) || (some && !(value > 0 && value <= MOST))) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " " + Capacity.number(value) + " is not a number of them: "
                            + (some ? "above 0 and at most 1000000" : "0 or more, and at most 100000000"));
        }
    }

    /** What {@code --json} says. */
    private record Printed(
            double eventsPerSecond,
            double deliveries,
            double notifications,
            long sockets,
            double hubCores,
            long nodes,
            double nodeMemoryMib,
            long partitions,
            double brokerCores,
            double brokerGigabytesPerDay,
            double databaseCores,
            double logMegabytesPerSecond,
            double diskGigabytesPerYear,
            String firstWall) {

        Printed(Capacity of) {
            this(
                    of.eventsPerSecond(),
                    of.deliveries(),
                    of.notifications(),
                    of.sockets(),
                    of.hubCores(),
                    of.nodes(),
                    of.nodeMemoryMib(),
                    of.partitions(),
                    of.brokerCores(),
                    of.brokerGigabytesPerDay(),
                    of.databaseCores(),
                    of.logMegabytesPerSecond(),
                    of.diskGigabytesPerYear(),
                    of.wall());
        }
    }
}
