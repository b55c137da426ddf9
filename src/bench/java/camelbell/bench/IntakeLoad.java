package camelbell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Users and events of a turn, as records of their topics.
 *
 * @param notifications that they come to; 0: not known
 */
record IntakeLoad(List<Keyed> users, List<Keyed> events, long notifications) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHANNELS = 3;

    /** One record. */
    record Keyed(String key, byte[] value) {

        static Keyed of(String key, String value) {
            return new Keyed(key, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Many small ones: two people each, over three channels. */
    static IntakeLoad small(int events) {
        List<Keyed> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(event(i, "ticket_assigned", 3 + i % 90, 3 + (i + 7) % 90));
        }
        return new IntakeLoad(users(100, 2), all, 2L * CHANNELS * events);
    }

    /** Events that mean so many people each. */
    static IntakeLoad big(int events, int people) {
        List<Keyed> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(event(i, "ticket_created", 1, 2));
        }
        return new IntakeLoad(users(people, people), all, (long) people * CHANNELS * events);
    }

    /** Of files, one JSON object a line, packed if their names end so. */
    static IntakeLoad files(Path users, Path events) throws IOException {
        return new IntakeLoad(lines(users, "id"), lines(events, "subject"), 0);
    }

    private static List<Keyed> users(int count, int admins) {
        List<Keyed> users = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            users.add(Keyed.of(
                    String.valueOf(id),
                    """
                            {"id":%d,"username":"u%d","name":"","role":"%s","email":"u%d@example.org","whatsapp_number":"+1555%07d"}"""
                            .formatted(id, id, id <= admins ? "ADMIN" : "CLIENT", id, id)));
        }
        return users;
    }

    private static Keyed event(int number, String type, long one, long other) {
        return Keyed.of(
                String.valueOf(number / 4),
                """
                {"specversion":"1.0","id":"%d","source":"urn:bench","type":"%s","time":"2026-01-01T10:00:00Z","subject":"%d",\
                "data":{"actor":1,"ticket":{"id":%d,"title":"Homepage not loading","priority":"HIGH","category":"BUG",\
                "status":"NEW","created_by":1,"project_name":"Main","created_at":"2026-01-01T10:00:00Z"},\
                "assignees":[%d,%d]}}"""
                        .formatted(number, type, number / 4, number / 4 + 1, one, other));
    }

    private static List<Keyed> lines(Path file, String key) throws IOException {
        List<Keyed> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode node = JSON.readTree(line);
                lines.add(Keyed.of(node.get(key).asText(), line));
            }
        }
        return lines;
    }
}
