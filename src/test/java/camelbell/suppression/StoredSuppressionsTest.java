package camelbell.suppression;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import camelbell.model.Dispatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StoredSuppressionsTest {

    private static final String NOBODY_LISTENS = "jdbc:postgresql://localhost:1/camelbell";

    private final StoredSuppressions suppressions = new StoredSuppressions(
            new SuppressionRows(JdbcClient.create(new DriverManagerDataSource(NOBODY_LISTENS))), Duration.ofSeconds(2));
    private final Delivery delivery = ADelivery.aDelivery().delivery();

    @Test
    void a_database_that_is_away_stops_who_has_to_know_but_not_who_looks_ahead() {
        assertThatThrownBy(() -> suppressions.reason(delivery.recipient(), delivery.channel()))
                .isInstanceOf(DataAccessException.class);
        assertThatCode(() -> suppressions.expectFor(List.of(new Dispatch(List.of(delivery)))))
                .doesNotThrowAnyException();
    }
}
