package camelbell.api;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** The database as the API sees it: impatient, so that one slow question never holds a connection for long. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    /** For several statements in one transaction. */
    @Bean(defaultCandidate = false)
    JdbcClient apiJdbc(DataSource dataSource, SQLExceptionTranslator failures, ApiProperties api) {
        return client(dataSource, failures, api);
    }

    /**
     * For statements that are a transaction each, which is most of what is asked: none has a way to the database for
     * a beginning and an end. Within a transaction they would stand beside it, on another connection: never there.
     */
    @Bean(defaultCandidate = false)
    JdbcClient apiStatements(DataSource dataSource, SQLExceptionTranslator failures, ApiProperties api) {
        return client(new Committing(dataSource), failures, api);
    }

    private static JdbcClient client(DataSource dataSource, SQLExceptionTranslator failures, ApiProperties api) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setExceptionTranslator(failures);
        template.setQueryTimeout((int) api.queryTimeout().toSeconds());
        return JdbcClient.create(template);
    }

    /** The pool takes the mode back when a connection returns. */
    private static final class Committing extends DelegatingDataSource {

        Committing(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(true);
            return connection;
        }
    }
}
