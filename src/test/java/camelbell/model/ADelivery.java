package camelbell.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries for tests that read aloud: {@code aDelivery().titled("…").to(reader("de-AT"))}. */
public record ADelivery(Channel channel, String type, String title, String priority, Person recipient, Instant leased) {

    public static final Channel EMAIL = new Channel("EMAIL", "Email", "channel-mail", "email", false);
    public static final Channel WHATSAPP =
            new Channel("WHATSAPP", "WhatsApp", "channel-whatsapp", "whatsapp_number", false);

    public static ADelivery aDelivery() {
        return new ADelivery(
                EMAIL,
                "ticket_created",
                "Homepage not loading",
                "HIGH",
                reader("en"),
                Instant.now().plusSeconds(3600));
    }

    public static Person reader(@Nullable String locale) {
        return person(locale, Map.of("email", "carla@example.org", "whatsapp_number", "+14155550123"));
    }

    public static Person readerAt(String field, String address) {
        return person("en", Map.of(field, address));
    }

    /** Id of the reader who has opted out of everything, where a test's neighbours know opt-outs. */
    public static final long OPTED_OUT = 99;

    public static Person readerWhoOptedOut() {
        Person usual = reader("en");
        return new Person(OPTED_OUT, "otto", "Otto Out", "CLIENT", true, "en", null, usual.contacts());
    }

    /** Id of the reader whose unsubscribe link cannot be made, where a test's neighbours make them. */
    public static final long UNLINKABLE = 98;

    public static Person readerWithoutALink() {
        Person usual = reader("en");
        return new Person(UNLINKABLE, "una", "Una Linked", "CLIENT", true, "en", null, usual.contacts());
    }

    private static Person person(@Nullable String locale, Map<String, String> contacts) {
        return new Person(7, "carla", "Carla Client", "CLIENT", true, locale, "Asia/Kolkata", contacts);
    }

    public ADelivery over(Channel channel) {
        return new ADelivery(channel, type, title, priority, recipient, leased);
    }

    public ADelivery of(String type) {
        return new ADelivery(channel, type, title, priority, recipient, leased);
    }

    public ADelivery titled(String title) {
        return new ADelivery(channel, type, title, priority, recipient, leased);
    }

    public ADelivery to(Person recipient) {
        return new ADelivery(channel, type, title, priority, recipient, leased);
    }

    public ADelivery leasedUntil(Instant leased) {
        return new ADelivery(channel, type, title, priority, recipient, leased);
    }

    public Delivery delivery() {
        return delivery(4711);
    }

    public Delivery delivery(long notification) {
        Instant created = Instant.parse("2016-02-29T07:08:00Z");
        Ticket ticket = new Ticket(63, title, priority, "BUG", "IN_PROGRESS", 7, "Main Website", created);
        TicketEvent event = new TicketEvent("urn:test", "INC63-open", type, created, ticket, null, List.of());
        return new Delivery(notification, channel, recipient, event, "Subject", "Message", created, 1, leased);
    }
}
