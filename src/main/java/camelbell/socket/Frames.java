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

    /** A notification's beginning, which everybody gets whom the event is told in these words. */
    static String common(InboxEvent event, Map<Long, Person> people) {
        String text = text(new Frame.Common(event.type(), event.message(), ticket(event.ticket(), people)));
        return text.substring(0, text.length() - 1); // it goes on
    }

    /** The whole of it, for one person. */
    static String notification(String common, InboxItem row, Inbox inbox) {
        String own = text(new Frame.Own(
                WireTime.of(row.createdAt()),
                row.id(),
                row.event().id(),
                row.seq(),
                inbox.unreadCount(),
                inbox.unread()));
        return common + ',' + own.substring(1);
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
