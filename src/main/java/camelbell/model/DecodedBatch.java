package camelbell.model;

import java.util.List;

/** One Kafka batch after decoding: the good events in their order, and the records that must be dead-lettered. */
public record DecodedBatch(List<TicketEvent> events, List<MalformedEvent> malformed) {}
