package camelbell.dev.playground;

import camelbell.dev.MailView;
import camelbell.dev.Mailbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the page shows that is not the hub's to say. */
final class PageState {

    private static final int TICKETS = 8;
    private static final int MAILS = 12;
    private static final int MESSAGES = 20;

    private final Surroundings around;
    private final List<Person> people;
    private final List<Person> everybody;
    private final Breaks breaks;
    private final Tickets tickets;
    private final Mailbox mailbox;
    private final Phone phone;

    PageState(
            Surroundings around,
            List<Person> people,
            List<Person> everybody,
            Breaks breaks,
            Tickets tickets,
            Mailbox mailbox,
            Phone phone) {
        this.around = around;
        this.people = people;
        this.everybody = everybody;
        this.breaks = breaks;
        this.tickets = tickets;
        this.mailbox = mailbox;
        this.phone = phone;
    }

    /** @param wanted the ticket; 0: the newest */
    JsonObject now(long wanted) {
        List<Ticket> newest = tickets.newest(TICKETS);
        Optional<Ticket> ticket = wanted == 0 ? Optional.of(newest.get(0)) : tickets.find(wanted);
        JsonArray others = new JsonArray();
        newest.forEach(one -> others.add(new JsonObject().put("id", one.id()).put("title", one.title())));
        return new JsonObject()
                .put("hub", around.hub())
                .put("mailbox", "http://localhost:" + around.mailboxPort())
                .put("source", TicketEvents.SOURCE)
                .put("people", people())
                .put("names", names())
                .put("steps", steps())
                .put("breaks", new JsonObject(Map.copyOf(breaks.now())))
                .put("ticket", ticket.map(this::described).orElse(null))
                .put("tickets", others)
                .put("mails", mails())
                .put("messages", phone.newest(MESSAGES));
    }

    private JsonObject described(Ticket ticket) {
        return ticket.toJson().put("next", new JsonArray(ticket.next()));
    }

    private JsonArray people() {
        JsonArray all = new JsonArray();
        people.forEach(one -> all.add(new JsonObject()
                .put("id", one.id())
                .put("name", one.name())
                .put("role", one.role())
                .put("hub", "http://localhost:" + breaks.hubPort(one))));
        return all;
    }

    private JsonObject names() {
        JsonObject names = new JsonObject();
        everybody.forEach(one -> names.put(String.valueOf(one.id()), one.name()));
        return names;
    }

    private static JsonArray steps() {
        JsonArray all = new JsonArray();
        Arrays.stream(Step.values())
                .forEach(one -> all.add(new JsonObject().put("type", one.type()).put("role", one.role)));
        return all;
    }

    private JsonObject mails() {
        JsonArray newest = new JsonArray();
        mailbox.newest(MAILS).forEach(mail -> newest.add(MailView.of(mail).summary()));
        return new JsonObject().put("count", mailbox.counts().messages()).put("newest", newest);
    }
}
