package camelbell.bench.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Posts events, and remembers when: the number of an event is the end of its id. */
final class Events implements AutoCloseable {

    /** As many as six digits tell apart. */
    private static final int MOST = 1_000_000;

    /** Each process posts events of its own, though their ids begin anew: what makes one is its source and its id. */
    static final String SOURCE = "urn:bench:" + ProcessHandle.current().pid();

    private static final long FAR_AWAY = 4_000_000_000L;

    private final AtomicLongArray postedAt = new AtomicLongArray(MOST);
    private final KafkaProducer<byte[], byte[]> kafka;
    private final String topic;
    private int next;

    Events(Map<String, String> settings) {
        this.topic = settings.getOrDefault("camelbell.kafka.topics.ticket-events", "");
        this.kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.getOrDefault("camelbell.kafka.brokers", "")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        kafka.partitionsFor(topic); // so that the first event does not wait for it
    }

    /** Tells one person; answers the event's number. */
    int assigned(long person) {
        return post(event(next++, "ticket_assigned", person));
    }

    /** Tells every admin. */
    int created() {
        return post(event(next++, "ticket_created", 1));
    }

    /** Prepares so many events, of which each tells one person, by its place among them; the answer posts them all at once. */
    Runnable assigned(int count, IntToLongFunction person) {
        List<Event> all = new ArrayList<>(count);
        for (int place = 0; place < count; place++) {
            all.add(event(next++, "ticket_assigned", person.applyAsLong(place)));
        }
        return () -> post(all);
    }

    /** The same with events that tell every admin. */
    Runnable created(int count) {
        List<Event> all = new ArrayList<>(count);
        for (int place = 0; place < count; place++) {
            all.add(event(next++, "ticket_created", 1));
        }
        return () -> post(all);
    }

    private record Event(int number, byte[] value) {}

    private static Event event(int number, String type, long assignee) {
        return new Event(
                number,
                """
                {"specversion":"1.0","id":"%s","source":"%s","type":"%s","data":{"assignees":[%d],
                "ticket":{"id":%d,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                "created_by":1,"project_name":"Main","created_at":"2026-01-01T00:00:00Z"}}}"""
                        .formatted(id(number), SOURCE, type, assignee, number + 1)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void post(List<Event> all) {
        all.forEach(this::post);
        kafka.flush();
    }

    private int post(Event event) {
        byte[] key = String.valueOf(event.number() + 1).getBytes(StandardCharsets.UTF_8);
        postedAt.set(event.number(), System.nanoTime());
        var unused = kafka.send(new ProducerRecord<>(topic, key, event.value()));
        return event.number();
    }

    /** What an event is called in its record, in its frames, and by the hub's table. */
    static String id(int number) {
        return String.format(Locale.ROOT, "push-%06d", number);
    }

    /** The number of the event that is prepared or posted next. */
    int next() {
        return next;
    }

    /** When an event was posted, in {@link System#nanoTime}. */
    long postedAt(int number) {
        long at = postedAt.get(number);
        if (at == 0) {
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
