package camelbell.store;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Parts of the store that stay inside, for tests of what is built on them. */
public final class StoreParts {

    private StoreParts() {}

    public static Batches batches(DataSource database, Environment configuration) {
        return new Batches(
                new JdbcTransactionManager(database),
                JdbcClient.create(database),
                Binder.get(configuration).bindOrCreate("camelbell.retention", RetentionProperties.class),
                new StaticApplicationContext());
    }
}
