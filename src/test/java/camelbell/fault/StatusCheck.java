package camelbell.fault;

import camelbell.fault.Invariants.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The status topic against the tables: each event accepted, each row's end told, nothing else claimed, acceptance first. A
 * batch of which only the end got through may be seen early, if it is repeated in order (notification-status.md).
 */
record StatusCheck(Rig rig, Workload workload, Map<String, Row> rows, Findings findings) {

    private static final JsonMapper JSON = new JsonMapper();

    void run() {
        Set<String> accepted = new HashSet<>();
        Map<Long, Set<String>> told = new HashMap<>();
        Map<String, String> early = new HashMap<>();
        rig.topics.each("notification-status", record -> {
            JsonNode status = read(record);
            String change = status.path("change").asText();
            String event = status.path("event_id").asText();
            if (change.equals("accepted")) {
                accepted.add(event);
            } else if (status.has("notification")) {
                String identity = status.get("notification").asText() + " " + change;
                if (accepted.contains(event)) {
                    early.remove(identity);
                } else {
                    early.put(identity, event);
                }
                told.computeIfAbsent(status.get("notification").asLong(), id -> new HashSet<>())
                        .add(change);
            }
        });
        early.values()
                .forEach(event -> findings.unless(
                        false, "status told before its event was accepted, and not again afterwards", event));
        workload.expected()
                .keySet()
                .forEach(event -> findings.lostUnless(accepted.contains(event), "status never told accepted", event));
        for (Row row : rows.values()) {
            String end = row.status().toLowerCase(Locale.ROOT);
            Set<String> changes = told.getOrDefault(row.id(), Set.of());
            boolean inbox = row.channel().equals("SYSTEM") && changes.isEmpty();
            findings.lostUnless(inbox || changes.contains(end), "status never told " + end, row);
            for (String other : List.of("sent", "failed", "skipped")) {
                findings.unless(
                        other.equals(end) || !changes.contains(other),
                        "status told " + other + " of a row that ended " + end,
                        row);
            }
        }
    }

    private static JsonNode read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
