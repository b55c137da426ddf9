package camelbell.operations;

import camelbell.operations.Deliveries.Failed;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deliveries}: what REST offers to ADMIN users, directly on the database, for when the hub does not answer. */
@Command(
        name = "deliveries",
        description = "Lists failed deliveries, or has the hub try them again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|retry")
final class DeliveriesCommand {

    private static final int MOST_LISTED = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(name = "list", description = "Prints failed deliveries, newest first, tab-separated, 1000 at most.")
    int list(
            @Option(names = "--channel") @Nullable String channel,
            @Option(names = "--reason") @Nullable String reason,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until) {
        DeliveryFilter filter = filter(channel, reason, type, since, until);
        PrintWriter out = spec.commandLine().getOut();
        List<Failed> found = work((jdbc, now) -> new Deliveries(jdbc).failed(filter, null, MOST_LISTED));
        found.forEach(one -> out.printf(
                "%d\t%s\t%s\t%s\t%d\t%s%n",
                one.id(), one.createdAt(), one.channel(), one.type(), one.recipient(), one.reason()));
        return 0;
    }

    @Command(name = "retry", description = "Has the hub try failed deliveries again, 10000 at most.")
    int retry(
            @Option(names = "--channel") @Nullable String channel,
            @Option(names = "--reason") @Nullable String reason,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--since") @Nullable String since,
            @Option(names = "--until") @Nullable String until) {
        DeliveryFilter filter = filter(channel, reason, type, since, until);
        if (filter.everything()) {
            throw new CommandFailedException("Name at least one of --channel, --reason, --type, --since, --until.");
        }
        String who = "command:" + System.getProperty("user.name", "unknown");
        int count = work((jdbc, now) -> {
            int retried = new Deliveries(jdbc).retry(filter, now);
            new Audit(jdbc).note(now, who, "retry", filter.given(), retried);
            return retried;
        });
        spec.commandLine().getOut().println(count + " deliveries will be tried again");
        return 0;
    }

    private static DeliveryFilter filter(
            @Nullable String channel,
            @Nullable String reason,
            @Nullable String type,
            @Nullable String since,
            @Nullable String until) {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "channel", channel);
        put(given, "reason", reason);
        put(given, "type", type);
        put(given, "since", since);
        put(given, "until", until);
        try {
            return DeliveryFilter.of(new Parameters(given), Instant.now());
        } catch (IllegalArgumentException unreadable) {
            throw new CommandFailedException(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static <T> T work(BiFunction<JdbcClient, Instant, T> order) {
        Settings settings = Settings.load();
        DriverManagerDataSource database = new DriverManagerDataSource(
                settings.text("spring.datasource.url"),
                settings.text("spring.datasource.username"),
                settings.text("spring.datasource.password"));
        try {
            T result = new TransactionTemplate(new JdbcTransactionManager(database))
                    .execute(status -> order.apply(JdbcClient.create(database), Instant.now()));
            if (result == null) {
                throw new IllegalStateException("an order always answers");
            }
            return result;
        } catch (DataAccessException | TransactionException e) {
            throw new CommandFailedException(
                    "The database of spring.datasource.url cannot be used: "
                            + e.getMostSpecificCause().getMessage(),
                    e);
        }
    }
}
