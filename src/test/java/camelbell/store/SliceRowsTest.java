package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.store.SliceRows.Outstanding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SliceRowsTest {

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SliceRows rows = new SliceRows(jdbc, end -> {});

    @Test
    void however_much_waits_for_a_ticket_only_those_are_read_who_are_asked_for() {
        waiting(63, 1, 50_000, 0, 20);
        waiting(63, 7, 7, 1, 1);
        waiting(64, 8, 8, 0, 1);
        waiting(65, 1, 10, 0, 1);

        assertThat(rows.outstanding(Set.of(63L, 64L), Set.of(63L, 64L), Set.of(6L, 7L, 8L, 60_000L), "1s"))
                .containsExactlyInAnyOrder(
                        new Outstanding(63, 6, false),
                        new Outstanding(63, 7, true),
                        new Outstanding(63, 8, false),
                        new Outstanding(64, 8, false));
        assertThat(rows.outstanding(Set.of(63L, 64L), Set.of(64L), Set.of(6L, 7L, 8L), "1s"))
                .as("without those who only wait for their turn at ticket 63")
                .containsExactlyInAnyOrder(new Outstanding(63, 7, true), new Outstanding(64, 8, false));
    }

    @Test
    void the_transaction_is_bounded_also_when_nothing_waits() {
        assertThat(rows.outstanding(Set.of(63L), Set.of(63L), List.of(1L), "1s"))
                .isEmpty();
    }

    /** So many slices of these people. */
    private void waiting(long ticket, int lowest, int highest, int tries, int slices) {
        jdbc.sql(
                        """
                        INSERT INTO event_slice (event, ticket, recipients, lowest, highest, channels, skipped, due_at, tries)
                        SELECT n, ?, array(SELECT generate_series(?::bigint, ?)), ?, ?, '{SYSTEM}', '{}', now(), ?
                        FROM generate_series(1, ?) AS n
                        """)
                .params(ticket, lowest, highest, lowest, highest, tries, slices)
                .update();
    }
}
