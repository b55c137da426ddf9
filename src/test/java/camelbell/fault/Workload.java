package camelbell.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Seeded users and events, and what must become of each: worked out from the guide's table in the plainest way there is,
 * without a line of the hub. Personal data carries markers that no log may ever show.
 */
final class Workload {

    static final String TITLE_MARKER = "titlemarker";
    static final String MAIL_MARKER = "mailmarker";
    static final String NUMBER_MARKER = "4915550";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ADMINS = 2;
    private static final List<String> TYPES = List.of(
            "ticket_created",
            "ticket_opened",
            "ticket_assigned",
            "work_started",
            "work_finished",
            "ticket_approved",
            "ticket_rejected");

    private final Random random;
    private final String source;
    private final Map<Integer, Person> people = new HashMap<>();
    private final List<ObjectNode> users = new ArrayList<>();
    private final Map<String, List<Expected>> expected = new HashMap<>();
    private int events;

    private record Person(boolean admin, boolean active, boolean email, boolean number) {}

    /** One notification that must stand in the log. */
    record Expected(String event, long recipient, String channel, boolean skipped) {}

    /** A record as it is posted: the key is the ticket. */
    record Posted(String id, String key, String value) {}

    Workload(Random random, int persons) {
        this.random = random;
        this.source = "urn:faults:" + random.nextInt(1_000_000);
        for (int id = 1; id <= persons; id++) {
            boolean admin = id <= ADMINS;
            add(id, new Person(admin, admin || random.nextInt(10) > 0, random.nextInt(5) > 0, random.nextInt(5) > 0));
        }
    }

    private void add(int id, Person person) {
        people.put(id, person);
        ObjectNode user = JSON.createObjectNode().put("id", id).put("username", "user_" + id);
        user.put("name", "User " + id).put("role", person.admin ? "ADMIN" : id % 2 == 0 ? "CLIENT" : "DEVELOPER");
        user.put("active", person.active);
        if (person.email) {
            user.put("email", MAIL_MARKER + id + "@example.org");
        }
        if (person.number) {
            user.put("whatsapp_number", "+" + number(id));
        }
        users.add(user);
    }

    /** Digits of a person's number. */
    static String number(long id) {
        return NUMBER_MARKER + "%05d".formatted(id);
    }

    List<ObjectNode> users() {
        return users;
    }

    String source() {
        return source;
    }

    /** So many further events, and what is expected grows with them. */
    synchronized List<Posted> next(int count) {
        List<Posted> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(event(TYPES.get(random.nextInt(TYPES.size()))));
        }
        return batch;
    }

    /** One further event of this type. */
    synchronized Posted event(String type) {
        return event(type, 1 + random.nextInt(people.size()));
    }

    /** One further event of which this person is told, and nobody else. */
    synchronized Posted eventFor(int person) {
        return event(random.nextBoolean() ? "ticket_opened" : "work_started", person);
    }

    private Posted event(String type, int creator) {
        String id = "e" + ++events;
        int ticket = 1 + random.nextInt(500);
        List<Integer> assignees = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            assignees.add(1 + random.nextInt(people.size() + 1)); // now and then nobody
        }
        expected.put(id, expect(id, type, creator, assignees));
        return new Posted(id, String.valueOf(ticket), json(id, type, ticket, creator, assignees));
    }

    private String json(String id, String type, int ticket, int creator, List<Integer> assignees) {
        ObjectNode event = JSON.createObjectNode().put("specversion", "1.0").put("id", id);
        event.put("source", source).put("type", type).put("subject", String.valueOf(ticket));
        ObjectNode data = event.putObject("data");
        data.putObject("ticket")
                .put("id", ticket)
                .put("title", TITLE_MARKER + " <b>" + ticket + "</b> & 'bye' 漢字 🔔")
                .put("priority", List.of("LOW", "MEDIUM", "HIGH", "CRITICAL").get(random.nextInt(4)))
                .put("category", "BUG")
                .put("status", "NEW")
                .put("created_by", creator)
                .put("project_name", "Main")
                .put("created_at", "2026-01-01T00:00:00Z");
        assignees.forEach(data.putArray("assignees")::add);
        return event.toString();
    }

    /** The guide's table. */
    private List<Expected> expect(String event, String type, int creator, List<Integer> assignees) {
        Set<Integer> told = new LinkedHashSet<>();
        switch (type) {
            case "ticket_created" -> told.addAll(admins());
            case "ticket_opened", "work_started" -> told.add(creator);
            case "ticket_assigned" -> told.addAll(assignees);
            case "work_finished" -> {
                told.add(creator);
                told.addAll(admins());
            }
            default -> {
                told.addAll(admins());
                told.addAll(assignees);
            }
        }
        List<Expected> rows = new ArrayList<>();
        for (int id : told) {
            Person person = people.get(id);
            if (person != null && person.active) {
                boolean byMail = !type.equals("ticket_approved") && !type.equals("ticket_rejected");
                if (byMail) {
                    rows.add(new Expected(event, id, "EMAIL", !person.email));
                }
                rows.add(new Expected(event, id, "WHATSAPP", !person.number));
                rows.add(new Expected(event, id, "SYSTEM", false));
            }
        }
        return rows;
    }

    private static List<Integer> admins() {
        List<Integer> admins = new ArrayList<>();
        for (int id = 1; id <= ADMINS; id++) {
            admins.add(id);
        }
        return admins;
    }

    /** By event id, for every event so far. */
    Map<String, List<Expected>> expected() {
        return expected;
    }

    int events() {
        return events;
    }
}
