package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.it.Stack;
import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.Directory;
import camelbell.model.Dispatch;
import camelbell.model.Person;
import camelbell.model.Policy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class UnsentDeliveriesTest {

    private static final int MEMORY = 3;
    private static final Channel EMAIL = new Channel("EMAIL", "Email", "channel-mail", "email", false);
    private static final Channel WHATSAPP = new Channel("WHATSAPP", "WhatsApp", "channel-whatsapp", "number", false);

    private final DataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DeliveryProperties properties = new DeliveryProperties(
            Duration.ofMinutes(1), MEMORY, 10, 5000, Duration.ofSeconds(2), Duration.ofMinutes(10));
    private final ChannelCapacity capacity = new ChannelCapacity(properties, new NoLimits(), new OpenGate());
    private final Breaking directory = new Breaking();
    private final Node node = new Node("0b9d6a53-6f0b-4b0e-9d5e-2f6a8f0c1b2d");
    private final UnsentDeliveries unsent = new UnsentDeliveries(
            new DeliveryRows(jdbc, node),
            new UnwrittenOutcomes(properties, new GenericApplicationContext()),
            capacity,
            new Policy(Map.of("EMAIL", EMAIL, "WHATSAPP", WHATSAPP), Map.of()),
            directory,
            properties,
            node,
            Clock.systemUTC(),
            end -> {});

    @Test
    void what_one_channel_has_claimed_is_handed_over_when_the_database_fails_at_the_next_one() throws Exception {
        waiting(1, "EMAIL");
        waiting(2, "WHATSAPP");
        directory.breakAfter(1);

        List<Dispatch> claimed = unsent.claim();

        assertThat(claimed).hasSize(1);
        int left = capacity.takeForWaiting(EMAIL, MEMORY) + capacity.takeForWaiting(WHATSAPP, MEMORY);
        assertThat(left).isEqualTo(2 * MEMORY - 1);
    }

    @Test
    void a_failure_before_anything_is_claimed_is_told_and_costs_no_capacity() {
        waiting(1, "EMAIL");
        waiting(2, "WHATSAPP");
        directory.breakAfter(0);

        assertThatThrownBy(unsent::claim).isInstanceOf(DataAccessException.class);

        assertThat(capacity.takeForWaiting(EMAIL, MEMORY)).isEqualTo(MEMORY);
        assertThat(capacity.takeForWaiting(WHATSAPP, MEMORY)).isEqualTo(MEMORY);
    }

    @Test
    void a_look_begins_when_work_begins_to_wait_once_that_is_committed_and_not_for_each_of_it() {
        AtomicInteger told = new AtomicInteger();
        capacity.whenWorkWaits(told::incrementAndGet);
        capacity.backlog(EMAIL, false);
        new TransactionTemplate(new DataSourceTransactionManager(database)).executeWithoutResult(transaction -> {
            for (int place = 0; place < MEMORY; place++) {
                assertThat(capacity.takeForNew(EMAIL)).isTrue();
            }
            assertThat(capacity.takeForNew(EMAIL)).isFalse();
            assertThat(capacity.takeForNew(EMAIL)).isFalse();
            assertThat(told).as("before the commit").hasValue(0);
        });
        assertThat(told).hasValue(1);
    }

    private void waiting(int id, String channel) {
        jdbc.sql(
                        "INSERT INTO ticket_event VALUES (1, 'urn:test', 'e', 'ticket_created', now(), now(), NULL, '{}', 65, 't',"
                                + " 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm') ON CONFLICT DO NOTHING")
                .update();
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                        + " VALUES (?, 1, 7, ?, 'PENDING', true, now())")
                .params(id, channel)
                .update();
        jdbc.sql("INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, created_at)"
                        + " SELECT ?, ?, t, t, 0, t FROM (SELECT now() - interval '1 minute' AS t) AS t")
                .params(id, channel)
                .update();
    }

    /** A directory whose database goes away after so many looks. */
    private static final class Breaking implements Directory {
        private int looks;

        void breakAfter(int more) {
            looks = more;
        }

        @Override
        public @Nullable Person person(long id) {
            return null;
        }

        @Override
        public Map<Long, Person> people(Collection<Long> ids) {
            if (looks-- == 0) {
                throw new DataAccessResourceFailureException("the connection was cut");
            }
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

    /** Of channels that have no route here. */
    private static final class NoLimits implements ChannelLimits {

        @Override
        public void mustSuffice(String channel, ChannelLimit limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void set(String channel, ChannelLimit limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable ChannelLimit of(String channel) {
            return null;
        }
    }
}
