package camelbell.store;

import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SentOutcomesTest {

    private final DataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final SentOutcomes outcomes = new SentOutcomes(jdbc, Clock.systemUTC());

    @Test
    void what_its_provider_took_is_settled_noted_for_receipts_and_told() {
        waiting(1, "PENDING");
        waiting(2, "PENDING");

        SentOutcomes.Written written = outcomes.write(List.of(mail(1, new Sent("<1@hub>")), message(2, "wamid.2")));

        assertThat(written.rest()).isEmpty();
        assertThat(written.reports()).hasSize(2);
        assertThat(texts("SELECT id || ' ' || status || ' ' || provider_id FROM notification_log ORDER BY id"))
                .containsExactly("1 SENT <1@hub>", "2 SENT wamid.2");
        assertThat(texts("SELECT provider_id || ' ' || notification FROM provider_message"))
                .containsExactly("wamid.2 2");
        assertThat(texts("SELECT notification_id::text FROM delivery")).isEmpty();
    }

    @Test
    void told_twice_it_is_settled_and_told_once() {
        waiting(1, "PENDING");
        Attempt sent = message(1, "wamid.1");

        assertThat(outcomes.write(List.of(sent, sent)).reports()).hasSize(1);
        assertThat(outcomes.write(List.of(sent)).rest()).containsExactly(sent);
    }

    @Test
    void other_outcomes_are_left() {
        waiting(1, "PENDING");
        Attempt failed = mail(1, new FailedForNow("SMTP 451", null));

        SentOutcomes.Written written = outcomes.write(List.of(failed));

        assertThat(written.rest()).containsExactly(failed);
        assertThat(texts("SELECT status FROM notification_log")).containsExactly("PENDING");
    }

    @Test
    void what_another_session_has_locked_is_left_and_nothing_waits_for_it() throws SQLException {
        waiting(1, "PENDING");
        waiting(2, "PENDING");
        waiting(3, "PENDING");
        try (Connection other = database.getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM notification_log WHERE id = 1 FOR UPDATE");
            lock.execute("SELECT FROM delivery WHERE notification_id = 2 FOR UPDATE");

            List<Attempt> rest = outcomes.write(List.of(message(1, "a"), message(2, "b"), message(3, "c")))
                    .rest();

            assertThat(rest)
                    .extracting(attempt -> attempt.delivery().notificationId())
                    .containsExactly(1L, 2L);
            other.rollback();
        }
        assertThat(texts("SELECT provider_id FROM provider_message")).containsExactly("c");
        assertThat(texts("SELECT status FROM notification_log ORDER BY id"))
                .containsExactly("PENDING", "PENDING", "SENT");
    }

    @Test
    void what_is_at_its_end_already_is_left() {
        waiting(1, "DELIVERED");

        assertThat(outcomes.write(List.of(message(1, "wamid.1"))).rest()).hasSize(1);
        assertThat(texts("SELECT status FROM notification_log")).containsExactly("DELIVERED");
    }

    private static Attempt mail(long id, DeliveryOutcome outcome) {
        return attempt(aDelivery().delivery(id), outcome);
    }

    private static Attempt message(long id, String providerId) {
        return attempt(aDelivery().over(WHATSAPP).delivery(id), new Sent(providerId));
    }

    private static Attempt attempt(Delivery delivery, DeliveryOutcome outcome) {
        return new Attempt(delivery, outcome, Instant.parse("2026-01-01T00:00:00Z"));
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private void waiting(int id, String status) {
        jdbc.sql(
                        "INSERT INTO ticket_event VALUES (1, 'urn:test', 'e', 'ticket_created', now(), now(), NULL, '{}', 65, 't',"
                                + " 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm') ON CONFLICT DO NOTHING")
                .update();
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                        + " VALUES (?, 1, ?, 'EMAIL', ?, true, now())")
                .params(id, id, status)
                .update();
        jdbc.sql("INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, created_at)"
                        + " SELECT ?, 'EMAIL', t, t, 1, t FROM (SELECT now() - interval '1 minute' AS t) AS t")
                .params(id)
                .update();
    }
}
