package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Whole ticket histories with their users: real ones where the sample files are at hand, seeded ones elsewhere. */
record Histories(List<JsonNode> users, List<JsonNode> events) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SAMPLES = Path.of("../shared/data");
    private static final List<String> TYPES = List.of(
            "ticket_created",
            "ticket_opened",
            "ticket_assigned",
            "work_started",
            "work_finished",
            "ticket_approved",
            "ticket_rejected");

    static boolean sampleExists(String name) {
        return Files.isReadable(SAMPLES.resolve("users-" + name + ".ndjson"));
    }

    /** All users of a sample, and the events of its first tickets. */
    static Histories sample(String name, int tickets) {
        List<JsonNode> events = new ArrayList<>();
        Set<String> chosen = new HashSet<>();
        for (JsonNode event : lines(SAMPLES.resolve("ticket-events-" + name + ".ndjson.gz"))) {
            String ticket = event.get("subject").asText();
            if (chosen.contains(ticket) || chosen.size() < tickets) {
                chosen.add(ticket);
                events.add(event);
            }
        }
        return new Histories(lines(SAMPLES.resolve("users-" + name + ".ndjson")), events);
    }

    static Histories generated(long seed, int people, int tickets) {
        Random random = new Random(seed);
        List<JsonNode> users = new ArrayList<>();
        for (int id = 1; id <= people; id++) {
            users.add(user(id, random));
        }
        List<JsonNode> events = new ArrayList<>();
        for (int ticket = 1; ticket <= tickets; ticket++) {
            int creator = 1 + random.nextInt(people);
            for (String type : TYPES) {
                if (random.nextInt(3) > 0) {
                    events.add(event(ticket, type, creator, random, people));
                }
            }
        }
        return new Histories(users, events);
    }

    private static ObjectNode user(int id, Random random) {
        ObjectNode user = JSON.createObjectNode().put("id", id).put("username", "user_" + id);
        user.put("name", random.nextInt(5) == 0 ? "" : "User " + id);
        user.put("role", id <= 5 ? "ADMIN" : random.nextBoolean() ? "CLIENT" : "DEVELOPER");
        user.put("active", id == 1 || random.nextInt(10) > 0);
        if (random.nextInt(4) > 0) {
            user.put("email", "user" + id + "@example.org");
        }
        if (random.nextInt(3) > 0) {
            user.put("whatsapp_number", "+1212555" + String.format("%04d", 100 + id));
        }
        return user;
    }

    private static ObjectNode event(int ticket, String type, int creator, Random random, int people) {
        ObjectNode event = JSON.createObjectNode().put("specversion", "1.0").put("id", ticket + "-" + type);
        event.put("source", "urn:generated").put("type", type).put("subject", String.valueOf(ticket));
        ObjectNode data = event.putObject("data");
        data.putObject("ticket")
                .put("id", ticket)
                .put("title", "Ticket " + ticket + " says \"<b>hi</b>\" & 'bye' \u0007 漢字 🔔")
                .put("priority", List.of("LOW", "MEDIUM", "HIGH", "CRITICAL").get(random.nextInt(4)))
                .put("category", "BUG")
                .put("status", "NEW")
                .put("created_by", creator)
                .put("project_name", "Main")
                .put("created_at", "2026-01-01T00:00:00Z");
        for (int i = random.nextInt(3); i > 0; i--) {
            data.withArray("assignees").add(1 + random.nextInt(people + 2)); // some are nobody
        }
        return event;
    }

    /** How many notifications of each channel and status must stand in the log at the end, worked out from the guide. */
    Map<String, Long> expected() {
        Map<Long, JsonNode> people = new TreeMap<>();
        users.forEach(user -> people.put(user.get("id").asLong(), user));
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode event : events) {
            String type = event.get("type").asText();
            for (long id : recipients(event, type, people)) {
                JsonNode person = people.get(id);
                if (person == null || !person.path("active").asBoolean(true)) {
                    continue;
                }
                counts.merge("SYSTEM SENT", 1L, Long::sum);
                counts.merge("WHATSAPP " + (person.hasNonNull("whatsapp_number") ? "SENT" : "SKIPPED"), 1L, Long::sum);
                if (!type.equals("ticket_approved") && !type.equals("ticket_rejected")) {
                    counts.merge("EMAIL " + (person.hasNonNull("email") ? "SENT" : "SKIPPED"), 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    private static Set<Long> recipients(JsonNode event, String type, Map<Long, JsonNode> people) {
        Set<Long> recipients = new LinkedHashSet<>();
        if (Set.of("ticket_opened", "work_started", "work_finished").contains(type)) {
            recipients.add(event.at("/data/ticket/created_by").asLong());
        }
        if (Set.of("ticket_created", "work_finished", "ticket_approved", "ticket_rejected")
                .contains(type)) {
            people.values().stream()
                    .filter(person -> person.get("role").asText().equals("ADMIN"))
                    .forEach(person -> recipients.add(person.get("id").asLong()));
        }
        if (Set.of("ticket_assigned", "ticket_approved", "ticket_rejected").contains(type)) {
            event.at("/data/assignees").forEach(id -> recipients.add(id.asLong()));
        }
        return recipients;
    }

    private static List<JsonNode> lines(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        try (var raw = Files.newInputStream(file);
                var in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
