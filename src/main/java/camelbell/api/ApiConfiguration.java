package camelbell.api;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** The database as the API sees it: impatient, so that one slow question never holds a connection for long. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean(defaultCandidate = false)
    JdbcClient apiJdbc(DataSource dataSource, SQLExceptionTranslator failures, ApiProperties api) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setExceptionTranslator(failures);
        template.setQueryTimeout((int) api.queryTimeout().toSeconds());
        return JdbcClient.create(template);
    }
}
