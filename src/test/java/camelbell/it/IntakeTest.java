package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = CamelbellApplication.class)
class IntakeTest {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment environment;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        Stack.quickProperties().forEach((name, value) -> registry.add(name, () -> value));
        registry.add(
                "camel.main.routes-exclude-pattern",
                () -> "**/45-channel*,**/5*-channel-*"); // what is recorded, not what is sent
    }

    @Test
    void a_posted_event_becomes_one_row_per_person_and_channel() {
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", environment.getRequiredProperty("camelbell.kafka.brokers")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            send(
                    kafka,
                    "users",
                    "1",
                    "{\"id\":1,\"username\":\"ann\",\"name\":\"Ann\",\"role\":\"ADMIN\",\"email\":\"a@example.org\"}");
            send(
                    kafka,
                    "users",
                    "2",
                    "{\"id\":2,\"username\":\"bob\",\"name\":\"\",\"role\":\"CLIENT\",\"whatsapp_number\":\"+15550000001\"}");
            kafka.flush();
            send(
                    kafka,
                    "ticket-events",
                    "63",
                    event("e0", "ticket_created")
                            .replace("2016-02-29T07:08:00Z\",\"d", "9999-12-31T23:59:59-05:00\",\"d"));
            var unused = kafka.send(new ProducerRecord<>(
                    environment.getRequiredProperty("camelbell.kafka.topics.ticket-events"),
                    null,
                    1_735_038_600_000_000L, // microseconds
                    utf8("63"),
                    utf8(event("e1", "ticket_created").replaceAll("\"time\":\"[^\"]*\",", ""))));
            for (int i = 0; i < 3; i++) {
                send(kafka, "ticket-events", "63", event("e1", "ticket_created"));
                send(kafka, "ticket-events", "63", event("e2", "work_finished"));
                send(kafka, "ticket-events", "63", "{\"nonsense\"");
            }
            kafka.flush();
        }
        await().untilAsserted(() -> assertThat(rows())
                .containsExactly(
                        "e1 1 EMAIL PENDING null",
                        "e1 1 WHATSAPP SKIPPED null",
                        "e1 1 SYSTEM SENT 1",
                        "e2 2 EMAIL SKIPPED null",
                        "e2 2 WHATSAPP PENDING null",
                        "e2 2 SYSTEM SENT 1",
                        "e2 1 EMAIL PENDING null",
                        "e2 1 WHATSAPP SKIPPED null",
                        "e2 1 SYSTEM SENT 2"));
        assertThat(jdbc.sql("SELECT abs(extract(epoch FROM received_at - occurred_at)) < 60 FROM ticket_event"
                                + " WHERE event_id = 'e1'")
                        .query(Boolean.class)
                        .single())
                .as("the hub's own clock")
                .isTrue();
    }

    private List<String> rows() {
        return jdbc.sql(
                        """
                        SELECT concat_ws(' ', e.event_id, l.recipient, l.channel, l.status, coalesce(l.seq::text, 'null'))
                        FROM notification_log l JOIN ticket_event e ON e.id = l.event ORDER BY l.id
                        """)
                .query(String.class)
                .list();
    }

    private void send(KafkaProducer<byte[], byte[]> kafka, String topic, String key, String value) {
        var unused = kafka.send(new ProducerRecord<>(
                environment.getRequiredProperty("camelbell.kafka.topics." + topic), utf8(key), utf8(value)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String id, String type) {
        return """
            {"specversion":"1.0","id":"%s","source":"urn:test","type":"%s","subject":"63",
             "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":63,"title":"It's <b>down</b>","priority":"HIGH","category":"BUG","status":"NEW","created_by":2,
               "project_name":"Main Website","created_at":"2016-02-29T07:08:00Z"},"actor":1,"assignees":[]}}"""
                .formatted(id, type);
    }
}
