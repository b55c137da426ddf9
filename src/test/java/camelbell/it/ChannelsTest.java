package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.dev.CloudApiDouble;
import camelbell.dev.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
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
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = CamelbellApplication.class)
@DirtiesContext
class ChannelsTest {

    private static final Mailbox MAILBOX = new Mailbox("localhost", 0, 0, 100);
    private static final CloudApiDouble META = new CloudApiDouble("localhost", 0, "4242", "a-token", 100);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment environment;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        Map<String, String> properties = new HashMap<>(Stack.quickProperties());
        properties.put("camelbell.mail.port", String.valueOf(MAILBOX.smtpPort()));
        properties.put("camelbell.whatsapp.base-url", META.baseUrl());
        properties.put("camelbell.whatsapp.phone-number-id", "4242");
        properties.put("camelbell.whatsapp.access-token", "a-token");
        properties.forEach((name, value) -> registry.add(name, () -> value));
    }

    @Test
    void a_posted_event_reaches_mailbox_and_whatsapp_once_and_what_cannot_fails_with_a_reason() {
        META.script(Map.of("to", "15550000002", "code", 131026));
        try (KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", environment.getRequiredProperty("camelbell.kafka.brokers")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            send(kafka, "users", "1", admin(1, "ann@example.org", "+15550000001"));
            send(kafka, "users", "2", admin(2, "not an address", "+15550000002"));
            for (int i = 0; i < 3; i++) {
                send(kafka, "ticket-events", "63", event());
            }
        }

        await().untilAsserted(() -> assertThat(rows())
                .contains(
                        "1 EMAIL SENT",
                        "1 WHATSAPP SENT",
                        "2 EMAIL FAILED INVALID_ADDRESS",
                        "2 WHATSAPP FAILED META 131026"));
        assertThat(MAILBOX.counts().messages()).isEqualTo(1);
        assertThat(META.counts().requests()).isEqualTo(2);
        assertThat(jdbc.sql("SELECT count(*) FROM delivery WHERE channel IN ('EMAIL', 'WHATSAPP')")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private List<String> rows() {
        return jdbc.sql("SELECT concat_ws(' ', recipient, channel, status, reason) FROM notification_log")
                .query(String.class)
                .list();
    }

    private void send(KafkaProducer<byte[], byte[]> kafka, String topic, String key, String value) {
        String name = environment.getRequiredProperty("camelbell.kafka.topics." + topic);
        assertThat(kafka.send(new ProducerRecord<>(name, bytes(key), bytes(value))))
                .succeedsWithin(Duration.ofSeconds(10));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String admin(int id, String email, String number) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"%s\",\"whatsapp_number\":\"%s\"}"
                .formatted(id, id, email, number);
    }

    private static String event() {
        return """
                {"specversion":"1.0","id":"e1","source":"urn:test","type":"ticket_created","subject":"63",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":63,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":9,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"actor":9,"assignees":[]}}""";
    }
}
