package camelbell.message;

import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.Person;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A made-up delivery, for trying every template at start-up. */
final class Sample {

    private Sample() {}

    static Delivery of(String type) {
        Ticket ticket = new Ticket(1, "Sample", "HIGH", "BUG", "NEW", 1, "Sample", Instant.EPOCH);
        TicketEvent event = new TicketEvent("urn:sample", "1", type, Instant.EPOCH, ticket, null, List.of());
        Person person = new Person(1, "sample", "Sample", "CLIENT", true, null, null, Map.of());
        Channel channel = new Channel("EMAIL", "Email", "channel-mail", "email", false);
        return new Delivery(1, channel, person, event, "", "", Instant.EPOCH, 1, Instant.EPOCH);
    }
}
