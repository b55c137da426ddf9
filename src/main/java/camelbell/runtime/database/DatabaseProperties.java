package camelbell.runtime.database;

import camelbell.model.Budget;
import camelbell.model.StartRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub's database connections are divided, and how long each may take.
 *
 * @param intake connections of {@link Budget#INTAKE}, and so on: parts of the whole that
 *     spring.datasource.hikari.maximum-pool-size says
 * @param statementTimeout longest time of one statement; zero: as the database has it, and so for the others
 * @param lockTimeout longest wait of a statement for another session's lock
 * @param idleInTransactionTimeout longest pause inside a transaction
 */
@ConfigurationProperties("camelbell.database")
record DatabaseProperties(
        @DefaultValue("3") int intake,
        @DefaultValue("5") int work,
        @DefaultValue("10") int api,
        @DefaultValue("4") int sockets,
        @DefaultValue("2") int health,
        @DefaultValue("30s") Duration statementTimeout,
        @DefaultValue("10s") Duration lockTimeout,
        @DefaultValue("30s") Duration idleInTransactionTimeout) {

    DatabaseProperties {
        for (int part : List.of(intake, work, api, sockets, health)) {
            if (part < 1) {
                throw new StartRefused("camelbell.database holds a part of " + part
                        + " connections: each kind of work needs 1 or more.");
            }
        }
    }

    private Map<Budget, Integer> parts() {
        return Map.of(
                Budget.INTAKE, intake,
                Budget.WORK, work,
                Budget.API, api,
                Budget.SOCKETS, sockets,
                Budget.HEALTH, health);
    }

    /** How many connections this kind may have of so many in all: its share, at least one. */
    int size(Budget budget, int all) {
        int sum = parts().values().stream().mapToInt(Integer::intValue).sum();
        return Math.max(1, Math.round((float) all * parts().getOrDefault(budget, 1) / sum));
    }

    /** As PostgreSQL's driver takes them when it connects; empty when there is nothing to say. */
    String options() {
        List<String> options = new ArrayList<>();
        option(options, "statement_timeout", statementTimeout);
        option(options, "lock_timeout", lockTimeout);
        option(options, "idle_in_transaction_session_timeout", idleInTransactionTimeout);
        return String.join(" ", options);
    }

    private static void option(List<String> options, String name, Duration time) {
        if (!time.isZero()) {
            options.add("-c " + name + "=" + time.toMillis());
        }
    }
}
