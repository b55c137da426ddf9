package camelbell.receipt;

import camelbell.model.Budget;
import camelbell.model.HubTag;
import java.time.OffsetDateTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The hub's name among those that share a provider's number, read once from the table hub. */
@Configuration(proxyBeanMethods = false)
class HubTagConfiguration {

    @Bean
    HubTag hubTag(JdbcClient jdbc) {
        return Budget.WORK.get(() -> jdbc.sql("SELECT id, bare_up_to, made_at FROM hub")
                .query((row, number) -> new HubTag(
                        row.getString("id"),
                        row.getLong("bare_up_to"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant()))
                .single());
    }
}
