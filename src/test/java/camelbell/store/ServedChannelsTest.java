package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.model.Channel;
import camelbell.model.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes with different tables on one database: what only one of them can send is not ended by the other. */
class ServedChannelsTest {

    private static final Channel EMAIL = new Channel("EMAIL", "Email", "channel-mail", "email", false);
    private static final Channel SMS = new Channel("SMS", "SMS", "channel-sms", "phone", false);
    private static final Duration REMOVED_AFTER = Duration.ofMinutes(10);
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(Stack.migratedDatabase());
    private final HandSet clock = new HandSet();
    private final DeliveryProperties properties =
            new DeliveryProperties(Duration.ofMinutes(1), 100, 10, 5000, Duration.ofSeconds(2), REMOVED_AFTER);
    private final Policy old = new Policy(Map.of("EMAIL", EMAIL), Map.of());
    private final ServedChannels oldServed = new ServedChannels(jdbc, old, properties, clock);
    private final RemovedChannels oldNode = new RemovedChannels(jdbc, old, oldServed, properties, clock);
    private final ServedChannels newServed =
            new ServedChannels(jdbc, new Policy(Map.of("EMAIL", EMAIL, "SMS", SMS), Map.of()), properties, clock);

    @Tag("long")
    @Test
    void a_backlog_of_hours_is_left_to_the_node_that_has_the_channel() {
        waiting("SMS", MORNING.minus(Duration.ofHours(5)));
        for (int minute = 0; minute < 60; minute++) {
            newServed.tell();
            assertThat(oldNode.fail()).as("minute " + minute).isEmpty();
            clock.now = clock.now.plus(Duration.ofMinutes(1));
        }
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void once_no_node_has_had_the_channel_for_long_enough_what_waits_for_it_fails() {
        waiting("SMS", MORNING.minus(Duration.ofHours(5)));
        newServed.tell();
        clock.now = MORNING.plus(REMOVED_AFTER).minusSeconds(1);
        assertThat(oldNode.fail()).isEmpty();

        clock.now = MORNING.plus(REMOVED_AFTER);
        assertThat(oldNode.fail()).hasSize(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void a_node_that_has_just_started_waits_for_others_to_start_though_nobody_has_had_the_channel_for_a_night() {
        newServed.tell();
        waiting("SMS", MORNING);
        clock.now = MORNING.plus(Duration.ofHours(9));
        ServedChannels started = new ServedChannels(jdbc, old, properties, clock);

        assertThat(new RemovedChannels(jdbc, old, started, properties, clock).fail())
                .isEmpty();
        assertThat(started.writable()).containsExactly("EMAIL");

        clock.now = clock.now.plus(REMOVED_AFTER);
        assertThat(started.writable()).contains("EMAIL", "SMS");
    }

    @Test
    void a_slice_with_a_channel_that_only_another_node_has_is_left_to_it() {
        jdbc.sql(
                        "INSERT INTO event_slice (event, ticket, recipients, lowest, highest, channels, skipped, due_at, tries)"
                                + " VALUES (1, 63, '{7}', 7, 7, '{EMAIL,SMS}', '{}', now(), 0)")
                .update();
        oldServed.tell();

        assertThat(oldServed.writable()).containsExactly("EMAIL");
        assertThat(oldServed.isGone("SMS")).isFalse();

        clock.now = MORNING.plus(REMOVED_AFTER);
        assertThat(oldServed.writable()).contains("EMAIL", "SMS");
        newServed.tell();
        assertThat(oldServed.writable()).containsExactly("EMAIL");
    }

    private void waiting(String channel, Instant since) {
        Object at = since.atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        "INSERT INTO ticket_event VALUES (1, 'urn:test', 'e', 'ticket_created', now(), now(), NULL, '{}', 65, 't',"
                                + " 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm')")
                .update();
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, listed, created_at)"
                        + " VALUES (1, 1, 7, ?, 'PENDING', true, ?)")
                .params(channel, at)
                .update();
        jdbc.sql("INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, created_at)"
                        + " VALUES (1, ?, ?, ?, 0, ?)")
                .params(channel, at, at, at)
                .update();
    }

    private long waiting() {
        return jdbc.sql("SELECT count(*) FROM delivery").query(Long.class).single();
    }

    private static final class HandSet extends Clock {

        private Instant now = MORNING;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
