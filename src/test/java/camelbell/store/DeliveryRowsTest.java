package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Policy;
import camelbell.model.Wording;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue in the table: who gets what, in which order, and at which price for the table. */
class DeliveryRowsTest {

    private static final Channel EMAIL = new Channel("EMAIL", "Email", "channel-mail", "email", false);
    private static final Policy POLICY = new Policy(Map.of("EMAIL", EMAIL), Map.of());
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int PART = 1000;

    private final DriverManagerDataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Node node = new Node("7d9f4f0e-6f0b-4b0e-9d5e-2f6a8f0c1b2d");
    private final DeliveryRows rows = new DeliveryRows(jdbc, node);
    private final Instant now = Instant.now();

    @Test
    void a_claim_of_waiting_work_stays_on_its_page_and_touches_no_index() {
        waiting(1, 20 * PART);
        for (int part = 0; part < 20; part++) {
            assertThat(claim(now, Set.of())).hasSize(PART);
        }

        // connections report their counts when they have been idle for a second
        await().untilAsserted(() -> assertThat(count("n_tup_upd")).isEqualTo(20 * PART));
        assertThat(count("n_tup_hot_upd")).isEqualTo(20 * PART);
    }

    @Test
    void what_is_held_is_nobody_elses_until_its_lease_runs_out_and_then_goes_first() {
        waiting(1, 2 * PART + 1);
        List<Delivery> first = claim(now, Set.of());
        assertThat(claim(now, Set.of())).hasSize(PART);
        assertThat(claim(now, Set.of())).hasSize(1);
        assertThat(claim(now.plus(LEASE).minusMillis(1), Set.of())).isEmpty();

        Set<Long> kept = Set.of(first.get(0).notificationId(), first.get(1).notificationId());
        List<Delivery> again = claim(now.plus(LEASE), kept);
        assertThat(again)
                .hasSize(PART)
                .allMatch(delivery -> delivery.attempt() == 2)
                .extracting(Delivery::notificationId)
                .containsAll(first.stream()
                        .map(Delivery::notificationId)
                        .filter(id -> !kept.contains(id))
                        .toList())
                .doesNotContainAnyElementsOf(kept);
    }

    @Test
    void a_retry_waits_behind_what_is_ready_before_it_and_what_a_stopping_node_gives_back_goes_first() {
        waiting(1, 3);
        List<Delivery> held = claim(now, Set.of());
        transaction.executeWithoutResult(
                status -> rows.postpone(List.of(Postponed.of(held.get(0), now.plusSeconds(20)))));
        waiting(4, PART - 2);
        assertThat(transaction.<Integer>execute(status -> rows.releaseAll(now, Set.of())))
                .isEqualTo(2);

        assertThat(claim(now.plusSeconds(19), Set.of())).hasSize(PART);
        assertThat(claim(now.plusSeconds(19), Set.of())).isEmpty();
        assertThat(claim(now.plusSeconds(20), Set.of()))
                .singleElement()
                .matches(delivery -> delivery.notificationId() == held.get(0).notificationId())
                .matches(delivery -> delivery.attempt() == 2);
    }

    @Test
    void a_stopping_node_keeps_the_lease_of_what_is_still_being_sent() {
        waiting(1, 3);
        long underWay = claim(now, Set.of()).get(1).notificationId();

        assertThat(transaction.<Integer>execute(status -> rows.releaseAll(now, Set.of(underWay))))
                .isEqualTo(2);

        assertThat(claim(now, Set.of()))
                .hasSize(2)
                .extracting(Delivery::notificationId)
                .doesNotContain(underWay);
        assertThat(claim(now.plus(LEASE), Set.of()))
                .extracting(Delivery::notificationId)
                .contains(underWay);
    }

    @Test
    void a_node_of_the_version_before_takes_nothing_that_this_one_holds_and_the_other_way_round() {
        waiting(1, 5);
        assertThat(claimAsBefore(now, 2)).isEqualTo(2);
        assertThat(claim(now, Set.of())).hasSize(3);
        assertThat(claimAsBefore(now, PART)).isZero();

        assertThat(claimAsBefore(now.plus(LEASE), 2)).isEqualTo(2);
        assertThat(claim(now.plus(LEASE), Set.of())).hasSize(3);
    }

    @Test
    void what_is_claimed_says_what_was_recorded_for_it_and_names_the_tickets_further_fields() {
        waiting(1, 3);
        jdbc.sql(
                        """
                        UPDATE ticket_event SET ticket_further = '{"severity": "3"}',
                            words = '[{"subject": "s1", "message": "m1", "template": ""},
                                      {"subject": "s2", "message": "m2", "template": "t2"}]'
                        """)
                .update();
        jdbc.sql("UPDATE notification_log SET words = id - 1 WHERE id > 1").update();

        List<Delivery> claimed = claim(now, Set.of());
        assertThat(claimed)
                .extracting(Delivery::words)
                .containsExactly(
                        new Wording("s", "m", "ticket_created"),
                        new Wording("s1", "m1", ""),
                        new Wording("s2", "m2", "t2"));
        assertThat(claimed.get(0).event().ticket().further()).isEqualTo(Map.of("severity", "3"));
    }

    /** By due_at alone, which was all there was. */
    private int claimAsBefore(Instant at, int most) {
        return jdbc.sql(
                        "WITH due AS (SELECT notification_id FROM delivery WHERE channel = 'EMAIL' AND due_at <= ?"
                                + " ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED) UPDATE delivery d SET due_at = ?,"
                                + " leased_by = 'before', attempt = attempt + 1 FROM due WHERE d.notification_id = due.notification_id")
                .params(utc(at), most, utc(at.plus(LEASE)))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Test
    void what_is_due_is_counted_however_much_is_held_before_it() {
        waiting(1, Backlog.LOOKED_AT + 1);
        jdbc.sql("UPDATE delivery SET due_at = now() + interval '1 minute', leased_by = 'another'")
                .update();
        waiting(Backlog.LOOKED_AT + 2, 5);

        Backlog.Waiting email = new Backlog(jdbc, POLICY, Clock.systemUTC(), new SimpleMeterRegistry()).of("EMAIL");

        assertThat(email.due()).isEqualTo(5);
        assertThat(email.pending()).isEqualTo(Backlog.LOOKED_AT);
        assertThat(email.oldest()).isBetween(60.0, 120.0);
    }

    private List<Delivery> claim(Instant at, Set<Long> without) {
        return transaction.execute(
                status -> rows.claim(EMAIL, new Lease(node.name(), at.plus(LEASE)), at, PART, without, new Nobody()));
    }

    /** So many, recorded a minute ago one after the other. */
    private void waiting(int from, int many) {
        jdbc.sql(
                        "INSERT INTO ticket_event VALUES (1, 'urn:test', 'e', 'ticket_created', now(), now(), NULL, '{}', 65, 't',"
                                + " 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm') ON CONFLICT DO NOTHING")
                .update();
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                        + " SELECT n, 1, n, 'EMAIL', 'PENDING', true, now() FROM generate_series(?, ?) n")
                .params(from, from + many - 1)
                .update();
        jdbc.sql("INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, created_at)"
                        + " SELECT n, 'EMAIL', t, t, 0, t FROM generate_series(?, ?) n,"
                        + " LATERAL (SELECT ? + n * interval '1 microsecond' AS t) AS t")
                .params(from, from + many - 1, utc(now.minusSeconds(60)))
                .update();
    }

    private long count(String column) {
        return jdbc.sql("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = 'delivery'")
                .query(Long.class)
                .single();
    }

    private static final class Nobody implements Directory {

        @Override
        public @Nullable Person person(long id) {
            return null;
        }

        @Override
        public Map<Long, Person> people(Collection<Long> ids) {
            return Map.of();
        }

        @Override
        public List<Person> activeWithRole(String role) {
            return List.of();
        }

        @Override
        public List<Person> activeInGroup(String group) {
            return List.of();
        }
    }
}
