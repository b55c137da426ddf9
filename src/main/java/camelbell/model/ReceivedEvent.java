package camelbell.model;

/** An event, and the record that it came in: what is put aside when the event cannot be stored after all. */
public record ReceivedEvent(IncomingRecord record, TicketEvent event) implements Arrival {}
