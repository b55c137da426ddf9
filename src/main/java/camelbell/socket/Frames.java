package camelbell.socket;

import camelbell.model.Person;
import camelbell.model.Ticket;
import camelbell.rest.WireTime;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Map;

/** Frames as the JSON text that goes out. The same row always gives the same frame, but for its unread counts. */
final class Frames {

    private static final ObjectWriter JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build()
            .writer();

    private Frames() {}

    static String text(Frame frame) {
        try {
            return JSON.writeValueAsString(frame);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot write " + frame.getClass().getSimpleName(), impossible);
        }
    }

    static String notification(InboxItem row, Map<Long, Person> people, Inbox inbox) {
        return text(new Frame.Notification(
                row.eventType(),
                row.message(),
                ticket(row.ticket(), people),
                WireTime.of(row.createdAt()),
                row.id(),
                row.eventId(),
                row.seq(),
                inbox.unreadCount(),
                inbox.unread()));
    }

    private static Frame.TicketView ticket(Ticket ticket, Map<Long, Person> people) {
        Person creator = people.get(ticket.createdBy());
        return new Frame.TicketView(
                ticket.id(),
                ticket.title(),
                ticket.priority(),
                capitalised(ticket.priority()),
                ticket.category(),
                ticket.status(),
                creator == null ? Long.toString(ticket.createdBy()) : creator.displayName(),
                ticket.projectName(),
                WireTime.of(ticket.createdAt()));
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
