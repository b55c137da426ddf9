package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Upstream posts in transactions: those that are aborted do not exist, and the markers of the others hold up nothing. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaTransactionsTest {

    private static final String READINESS = "/actuator/health/readiness";

    private final Hub hub = new Hub(
            "camelbell.directory.catch-up=30m", // longer than any test may take
            "camelbell.health.look-every=200ms",
            "camelbell.health.stall=2s");
    private final Management management = new Management(hub);
    private final String name = "upstream-" + UUID.randomUUID();
    private final KafkaProducer<byte[], byte[]> upstream = new KafkaProducer<>(
            Map.of("bootstrap.servers", hub.property("camelbell.kafka.brokers"), "transactional.id", name),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    KafkaTransactionsTest() {
        upstream.initTransactions();
    }

    @AfterEach
    void nothingIsOpen() {
        await().until(() -> management.status(READINESS) == 200);
    }

    @AfterAll
    void stop() {
        upstream.close();
        hub.close();
    }

    @Test
    void what_was_aborted_tells_nobody_and_is_no_dead_letter() {
        upstream.beginTransaction();
        post("users", "1", admin(1));
        upstream.commitTransaction();
        upstream.beginTransaction();
        post("users", "2", admin(2));
        post("ticket-events", "63", People.event("aborted", 63));
        post("ticket-events", "63", "rubbish");
        upstream.flush();
        upstream.abortTransaction();
        upstream.beginTransaction();
        post("ticket-events", "63", People.event("good", 63));
        upstream.commitTransaction();

        await().until(() -> hub.query("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                        + " WHERE event_id = 'good' AND recipient = 1")
                == 3);
        assertThat(hub.query("SELECT count(*) FROM ticket_event WHERE event_id = 'aborted'"))
                .isZero();
        assertThat(hub.query("SELECT count(*) FROM person WHERE id = 2")).isZero();
        assertThat(hub.endOf("dead-letters")).isZero();
    }

    @Test
    void an_event_behind_a_user_who_came_in_a_transaction_waits_for_that_user_and_for_nothing_more() {
        for (int round = 10; round < 14; round++) {
            upstream.beginTransaction();
            post("users", String.valueOf(round), admin(round));
            upstream.commitTransaction();
            hub.post("ticket-events", "64", People.event("round-" + round, 64));
            hub.flush();
            String told = "SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                    + " WHERE event_id = 'round-" + round + "' AND recipient = " + round;
            await().until(() -> hub.query(told) == 3);
        }
    }

    @Test
    void a_transaction_that_stays_open_is_named_and_makes_nothing_down() throws Exception {
        upstream.beginTransaction();
        post("ticket-events", "65", People.event("open", 65));
        upstream.flush();
        await().until(() -> open().size() == 1);
        JsonNode one = open().elements().next();
        assertThat(one.path("transactional_id").asText()).isEqualTo(name);
        assertThat(one.path("behind").asInt()).isEqualTo(1);
        assertThat(management.status(READINESS)).isEqualTo(200);
        upstream.commitTransaction();
        await().until(() -> open().isEmpty());
        await().until(() -> hub.query("SELECT count(*) FROM ticket_event WHERE event_id = 'open'") == 1);
    }

    private JsonNode open() throws Exception {
        return management.details("openTransactions");
    }

    private void post(String topic, String key, String value) {
        var unused = upstream.send(new ProducerRecord<>(
                hub.property("camelbell.kafka.topics." + topic),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String admin(int id) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\"}".formatted(id, id);
    }
}
