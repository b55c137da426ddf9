package camelbell.operations;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The hub's database for one command: one order, one transaction unless it says otherwise. */
final class Database {

    private Database() {}

    /** The hub's time, by which its nodes compare what is written; the host of a command may be off. */
    static Instant now(JdbcClient jdbc) {
        return jdbc.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The same for an order that only asks: PostgreSQL refuses whatever would write. */
    static <T> T read(Settings settings, Function<JdbcClient, T> order) {
        return work(settings, jdbc -> {
            jdbc.sql("SET TRANSACTION READ ONLY").update();
            return order.apply(jdbc);
        });
    }

    /** Errors: CommandFailedException with a sentence when a server does not answer. */
    static <T> T work(Settings settings, Function<JdbcClient, T> order) {
        return inTransactions(settings, (jdbc, transactions) -> new TransactionTemplate(transactions)
                .execute(status -> order.apply(jdbc)));
    }

    /** The same for an order that takes many transactions, which are its own. */
    static <T> T inTransactions(
            Settings settings, BiFunction<JdbcClient, PlatformTransactionManager, @Nullable T> order) {
        DriverManagerDataSource database = new DriverManagerDataSource(
                url(settings),
                settings.text("spring.datasource.username"),
                settings.text("spring.datasource.password"));
        database.setConnectionProperties(limits(settings));
        try {
            T result = order.apply(JdbcClient.create(database), new JdbcTransactionManager(database));
            if (result == null) {
                throw new IllegalStateException("an order always answers");
            }
            return result;
        } catch (DeadLettersUnavailableException kafka) {
            throw new CommandFailedException(String.valueOf(kafka.getMessage()), kafka);
        } catch (DataAccessException | TransactionException e) {
            throw new CommandFailedException(
                    "The database of spring.datasource.url cannot be used: "
                            + CommandFailedException.reason(database(e))
                            + ". Is PostgreSQL up, and has the hub been started on it? See SPRING_DATASOURCE_URL.",
                    e);
        }
    }

    /** Said here, because the driver manager would quote an address that no driver takes, with its password. */
    private static String url(Settings settings) {
        String url = settings.text("spring.datasource.url");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new CommandFailedException("spring.datasource.url is no address of a PostgreSQL: it begins with"
                    + " jdbc:postgresql:, such as jdbc:postgresql://localhost:5432/camelbell.");
        }
        return url;
    }

    /** What the database or its driver said, which names the address. */
    private static Throwable database(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return cause;
            }
        }
        return e;
    }

    /** A command waits no longer for the database than a node does; it may pause as long as its reading takes. */
    private static Properties limits(Settings settings) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "camelbell-command");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty(
                "options",
                "-c statement_timeout="
                        + settings.time("camelbell.database.statement-timeout").toMillis() + " -c lock_timeout="
                        + settings.time("camelbell.database.lock-timeout").toMillis());
        return properties;
    }

    /** Who gives the order, for the audit. */
    static String who() {
        return "command:" + System.getProperty("user.name", "unknown");
    }
}
