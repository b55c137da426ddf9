package camelbell.runtime.database;

import camelbell.model.Budget;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The database for everything but Flyway, which has a connection of its own (spring.flyway.*) that no time-out cuts:
 * spring.datasource.* says where, spring.datasource.hikari.* how, for each pool alike.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
    private static final String OPTIONS = "options";
    private static final String NAME = "ApplicationName";

    @Bean
    DatabaseConnections dataSource(
            DataSourceProperties where, DatabaseProperties database, Environment how, MeterRegistry meters) {
        DatabaseConnections connections =
                new DatabaseConnections(budget -> pool(budget, where, database, Binder.get(how), meters));
        LOG.info(
                "database connections {}",
                Stream.of(Budget.values())
                        .map(budget ->
                                word(budget) + "=" + connections.pool(budget).getMaximumPoolSize())
                        .collect(Collectors.joining(" ")));
        return connections;
    }

    private static HikariDataSource pool(
            Budget budget, DataSourceProperties where, DatabaseProperties database, Binder how, MeterRegistry meters) {
        HikariDataSource pool =
                where.initializeDataSourceBuilder().type(HikariDataSource.class).build();
        how.bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        pool.setPoolName("camelbell-" + word(budget));
        int size = database.size(budget, pool.getMaximumPoolSize());
        pool.setMaximumPoolSize(budget == Budget.INTAKE ? Math.max(size, consumers(how)) : size);
        pool.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        String own = pool.getDataSourceProperties().getProperty(OPTIONS, "");
        pool.addDataSourceProperty(OPTIONS, (database.options() + " " + own).strip());
        String name = pool.getDataSourceProperties().getProperty(NAME, "camelbell");
        pool.addDataSourceProperty(NAME, name + "-" + word(budget));
        return pool;
    }

    /** Each thread has a connection, or its work would fail for want of one: those that read events, directory and slices. */
    private static int consumers(Binder how) {
        return how.bind("camelbell.kafka.consumers", Integer.class).orElse(1) + 2;
    }

    private static String word(Budget budget) {
        return budget.name().toLowerCase(Locale.ROOT);
    }
}
