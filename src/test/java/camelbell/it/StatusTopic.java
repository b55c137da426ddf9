package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the notification-status topic of one hub from its beginning, each record once. */
final class StatusTopic implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final RecordTopic topic;

    StatusTopic(Hub hub) {
        topic = new RecordTopic(hub, "status");
    }

    record Entry(String key, JsonNode json) {

        String change() {
            return json.get("change").asText();
        }

        boolean isOfNotification() {
            return json.has("notification");
        }
    }

    /** All that has been published so far; those of one key in their order. */
    List<Entry> all() {
        return topic.all().stream().map(StatusTopic::entry).toList();
    }

    /** The last change of each notification, by its id. */
    Map<Long, String> last() {
        Map<Long, String> last = new HashMap<>();
        all().stream()
                .filter(Entry::isOfNotification)
                .forEach(entry -> last.put(entry.json().get("notification").asLong(), entry.change()));
        return last;
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Entry(new String(record.key(), StandardCharsets.UTF_8), JSON.readTree(record.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
