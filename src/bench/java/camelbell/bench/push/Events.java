package camelbell.bench.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Posts events, and remembers when: the number of an event is the end of its id. */
final class Events implements AutoCloseable {

    private static final int MOST = 200_000;

    /** Each process posts events of its own, though their ids begin anew: what makes one is its source and its id. */
    private static final long RUN = ProcessHandle.current().pid();

    private static final long FAR_AWAY = 4_000_000_000L;

    private final AtomicReferenceArray<@Nullable Long> postedAt = new AtomicReferenceArray<>(MOST);
    private final KafkaProducer<byte[], byte[]> kafka;
    private final String topic;
    private int next;

    Events(String brokers, String topic) {
        this.topic = topic;
        this.kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new ByteArraySerializer(), new ByteArraySerializer());
        kafka.partitionsFor(topic); // so that the first event does not wait for it
    }

    /** Tells one person; answers the event's number. */
    int assigned(long person) {
        return post("ticket_assigned", person);
    }

    /** Tells every admin. */
    int created() {
        return post("ticket_created", 1);
    }

    private int post(String type, long assignee) {
        int number = next++;
        byte[] value =
                """
                {"specversion":"1.0","id":"push-%06d","source":"urn:bench:%d","type":"%s","data":{"assignees":[%d],
                "ticket":{"id":%d,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                "created_by":1,"project_name":"Main","created_at":"2026-01-01T00:00:00Z"}}}"""
                        .formatted(number, RUN, type, assignee, number + 1)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] key = String.valueOf(number + 1).getBytes(StandardCharsets.UTF_8);
        postedAt.set(number, System.nanoTime());
        var unused = kafka.send(new ProducerRecord<>(topic, key, value));
        return number;
    }

    /** When an event was posted, in {@link System#nanoTime}. */
    long postedAt(int number) {
        Long at = postedAt.get(number);
        if (at == null) {
            throw new IllegalStateException("A frame came of event " + number + ", which was never posted");
        }
        return at;
    }

    /** A token that the hub believes. Source: RFC 7515. */
    static String token(String secret, long person) {
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"token_type\":\"access\",\"exp\":" + FAR_AWAY + ",\"jti\":\"bench\",\"user_id\":" + person
                        + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
