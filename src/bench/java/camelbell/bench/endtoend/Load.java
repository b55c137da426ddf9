package camelbell.bench.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom the benchmark tells and what of: a hundred people with every address, and tickets of four events each, which mean two
 * admins, two assignees, the creator, and creator and admins. So an event is two mails, two WhatsApp messages and two frames
 * on average.
 */
public final class Load {

    public static final int PEOPLE = 100;
    public static final int EVENTS_PER_TICKET = 4;
    public static final int SENDS_PER_EVENT = 4;
    public static final int FRAMES_PER_EVENT = 2;

    /** In the title, before the milliseconds of the epoch at which the event was posted. */
    static final String POSTED = "posted-";

    private static final int ADMINS = 2;
    private static final int OTHERS = (PEOPLE - ADMINS) / 2;
    private static final List<String> TYPES =
            List.of("ticket_created", "ticket_assigned", "work_started", "work_finished");

    private Load() {}

    /** Records of the topic {@code users}, in the order of their ids from 1. */
    public static List<byte[]> users() {
        List<byte[]> users = new ArrayList<>();
        for (int id = 1; id <= PEOPLE; id++) {
            String role = id <= ADMINS ? "ADMIN" : id <= ADMINS + OTHERS ? "CLIENT" : "DEVELOPER";
            users.add(
                    """
                    {"id":%d,"username":"u%d","name":"User %d","role":"%s","email":"u%d@example.org","whatsapp_number":"+1212555%04d"}"""
                            .formatted(id, id, id, role, id, 100 + id)
                            .getBytes(StandardCharsets.UTF_8));
        }
        return users;
    }

    /** Of the ticket with this number from 0, which is the key that its events are posted under. */
    public static int ticket(int event) {
        return event / EVENTS_PER_TICKET + 1;
    }

    /** A record of the topic {@code ticket-events}. */
    static byte[] event(int number) {
        return event("urn:bench", number);
    }

    /** The same from another source: a number that one has posted is a new event of the other. */
    public static byte[] event(String source, int number) {
        int ticket = ticket(number);
        int creator = ADMINS + 1 + ticket % OTHERS;
        int first = ADMINS + OTHERS + 1;
        return """
               {"specversion":"1.0","id":"%d","source":"%s","type":"%s","time":"2026-01-01T10:00:00Z","subject":"%d",\
               "data":{"actor":%d,"ticket":{"id":%d,"title":"Homepage not loading %s%d","priority":"HIGH","category":"BUG",\
               "status":"NEW","created_by":%d,"project_name":"Main Website","created_at":"2026-01-01T10:00:00Z"},\
               "assignees":[%d,%d]}}"""
                .formatted(
                        number,
                        source,
                        TYPES.get(number % EVENTS_PER_TICKET),
                        ticket,
                        creator,
                        ticket,
                        POSTED,
                        System.currentTimeMillis(),
                        creator,
                        first + ticket % OTHERS,
                        first + (ticket + 7) % OTHERS)
                .getBytes(StandardCharsets.UTF_8);
    }
}
