package camelbell.it;

import java.util.Arrays;

/** Administrators with an e-mail address and a WhatsApp number, and events that all of them are told of. */
final class People {

    private People() {}

    /** Posts people 1 to {@code count}, and waits until the broker has them: what is posted later then finds them. */
    static void admins(Hub hub, int count) {
        for (int id = 1; id <= count; id++) {
            hub.post("users", String.valueOf(id), admin(id));
        }
        hub.flush();
    }

    static String number(int id) {
        return "1555%07d".formatted(id);
    }

    /** Posts one event that tells every administrator over every channel. */
    static void event(Hub hub, String id) {
        post(hub, id, 63);
        hub.flush();
    }

    /** The same of another ticket, without waiting for the broker. */
    static void post(Hub hub, String id, long ticket) {
        hub.post("ticket-events", Long.toString(ticket), event(id, ticket));
    }

    /** ticket_assigned: over every channel to these people, without waiting for the broker. */
    static void assign(Hub hub, String id, long ticket, long... people) {
        hub.post(
                "ticket-events",
                Long.toString(ticket),
                event(id, ticket)
                        .replace("ticket_created", "ticket_assigned")
                        .replace("\"assignees\":[]", "\"assignees\":" + Arrays.toString(people)));
    }

    private static String admin(int id) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"email\":\"u%d@example.org\",\"whatsapp_number\":\"+%s\"}"
                .formatted(id, id, id, number(id));
    }

    static String event(String id, long ticket) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_created","subject":"%d",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":%d,"title":"Homepage not loading","priority":"HIGH","category":"BUG","status":"NEW",
                   "created_by":9,"project_name":"Main","created_at":"2016-02-29T07:08:00Z"},"actor":9,"assignees":[]}}"""
                .formatted(id, ticket, ticket);
    }
}
