package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.StatusTopic.Entry;
import camelbell.model.NotificationStatus;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import camelbell.status.OutboxRows;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The notification-status topic against the tables, over a whole history with duplicates and malformed events. */
@Tag("long")
class StatusTopicTest {

    private static final int TICKETS = 60;
    private static final int SMALL_CHANGES = 5000;
    private static final long MANY_CHANGES = 100_000;
    private static final List<String> OF_EVENTS = List.of("accepted", "duplicate", "rejected", "no_recipient");

    @Test
    void the_topic_tells_one_to_one_what_the_tables_hold() {
        Histories histories = Histories.generated(63, 30, TICKETS);
        try (Hub hub = new Hub();
                StatusTopic topic = new StatusTopic(hub)) {
            histories.users().forEach(user -> hub.post("users", user.get("id").asText(), user.toString()));
            histories.events().forEach(event -> post(hub, event));
            histories.events().stream().limit(50).forEach(event -> post(hub, event));
            hub.post("ticket-events", "63", "no JSON");
            hub.post(
                    "ticket-events",
                    "63",
                    "{\"specversion\":\"1.0\",\"id\":\"odd\",\"source\":\"urn:a\",\"type\":\"gone\"}");
            hub.post("ticket-events", "63", "[\"one@example.org\"]");
            hub.flush();

            await().untilAsserted(() -> {
                assertThat(hub.jdbc()
                                .sql("SELECT count(*) FROM delivery")
                                .query(Long.class)
                                .single())
                        .isZero();
                assertThat(ofNotifications(topic.all())).isEqualTo(table(hub)).isNotEmpty();
                assertThat(ofEvents(topic.all())).isEqualTo(expectedOfEvents(hub));
            });
            await().until(() -> waiting(hub) == 0);
            assertOrdered(topic.all());
            assertThat(topic.all())
                    .allSatisfy(entry -> assertThat(entry.json().toString()).doesNotContain("example.org", "+1212"));
            assertThat(rejected(topic.all()))
                    .containsExactlyInAnyOrder("63 null MALFORMED", "odd urn:a MISSING_FIELD", "63 null NOT_OBJECT");
        }
    }

    @Test
    void thousands_of_small_changes_are_published_within_seconds() {
        try (Hub hub = new Hub();
                StatusTopic topic = new StatusTopic(hub)) {
            JdbcClient own = hub.bean(JdbcClient.class);
            hub.bean(TransactionTemplate.class).executeWithoutResult(transaction -> IntStream.range(0, SMALL_CHANGES)
                    .forEach(number -> OutboxRows.put(own, List.of(delivered(number)), Instant.EPOCH)));
            await().untilAsserted(() -> assertThat(waiting(hub)).isZero());
            await().untilAsserted(() -> assertThat(topic.all())
                    .extracting(entry -> entry.json().path("notification").asInt())
                    .hasSize(SMALL_CHANGES)
                    .doesNotHaveDuplicates());
        }
    }

    @Test
    void what_waits_is_left_for_the_next_start_when_the_hub_stops() {
        try (Hub hub = new Hub()) {
            CamelContext camel = hub.bean(CamelContext.class);
            hub.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END'");
            hub.execute("CREATE TRIGGER slow AFTER DELETE ON status_outbox EXECUTE FUNCTION slow()");
            JdbcClient own = hub.bean(JdbcClient.class);
            hub.bean(TransactionTemplate.class).executeWithoutResult(transaction -> {
                OutboxRows.put(own, List.of(delivered(1)), Instant.EPOCH);
                own.sql("INSERT INTO status_outbox (created_at, reports)"
                                + " SELECT created_at, reports FROM status_outbox, generate_series(1, ?)")
                        .param(MANY_CHANGES)
                        .update();
            });
            await().pollInterval(Duration.ofMillis(5)).until(() -> waiting(hub) < MANY_CHANGES);
            camel.stop();
            assertThat(waiting(hub)).isPositive();
        }
    }

    /** As one call of Meta's webhook leaves it. */
    private static StatusReport delivered(int number) {
        StatusChange change = StatusChange.of(NotificationStatus.DELIVERED, number, 1, "WHATSAPP", null);
        return new StatusReport("key", "id", "urn:a", "ticket_created", 5L, Instant.EPOCH, List.of(change));
    }

    private static void post(Hub hub, JsonNode event) {
        hub.post("ticket-events", event.get("subject").asText(), event.toString());
    }

    private static Map<String, Long> ofEvents(List<Entry> entries) {
        Map<String, Long> counts = new TreeMap<>();
        entries.stream()
                .filter(entry -> !entry.isOfNotification())
                .forEach(entry -> counts.merge(entry.change(), 1L, Long::sum));
        assertThat(OF_EVENTS).containsAll(counts.keySet());
        return counts;
    }

    private static Map<String, Long> expectedOfEvents(Hub hub) {
        Map<String, Long> counts = new TreeMap<>(Map.of("duplicate", 50L, "rejected", 3L));
        counts.put(
                "accepted",
                hub.jdbc()
                        .sql("SELECT count(*) FROM ticket_event")
                        .query(Long.class)
                        .single());
        counts.put(
                "no_recipient",
                hub.jdbc()
                        .sql(
                                "SELECT count(*) FROM ticket_event e WHERE NOT EXISTS (SELECT FROM notification_log l WHERE l.event = e.id)")
                        .query(Long.class)
                        .single());
        return counts;
    }

    /** Every field of every notification's record; a second one of the same notification would break the comparison. */
    private static Map<String, Integer> ofNotifications(List<Entry> entries) {
        Map<String, Integer> lines = new TreeMap<>();
        for (Entry entry : entries) {
            JsonNode json = entry.json();
            if (entry.isOfNotification()) {
                lines.merge(
                        String.join(
                                " ",
                                entry.key(),
                                json.get("source").asText(),
                                json.get("event_type").asText(),
                                json.get("ticket").asText(),
                                json.get("notification").asText(),
                                json.get("recipient").asText(),
                                json.get("channel").asText(),
                                entry.change(),
                                json.path("reason").asText("-")),
                        1,
                        Integer::sum);
            }
        }
        return lines;
    }

    private static Map<String, Integer> table(Hub hub) {
        Map<String, Integer> lines = new TreeMap<>();
        hub.jdbc()
                .sql(
                        """
                        SELECT concat_ws(' ', e.event_id, e.source, e.type, e.ticket_id, l.id, l.recipient, l.channel,
                            lower(l.status), coalesce(split_part(l.reason, ';', 1), '-'))
                        FROM notification_log l JOIN ticket_event e ON e.id = l.event
                        """)
                .query(String.class)
                .list()
                .forEach(line -> lines.put(line, 1));
        return lines;
    }

    private static void assertOrdered(List<Entry> entries) {
        Set<String> accepted = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.change().equals("accepted")) {
                accepted.add(entry.key());
            } else if (!entry.change().equals("rejected")) {
                assertThat(accepted).as("accepted comes first").contains(entry.key());
            }
        }
    }

    private static List<String> rejected(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.change().equals("rejected"))
                .map(entry -> entry.key() + " " + entry.json().path("source").asText("null") + " "
                        + entry.json().get("reason").asText())
                .toList();
    }

    private static long waiting(Hub hub) {
        return hub.jdbc()
                .sql("SELECT count(*) FROM status_outbox")
                .query(Long.class)
                .single();
    }
}
