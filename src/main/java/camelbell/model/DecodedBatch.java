package camelbell.model;

import java.util.List;

/** One Kafka batch after decoding: the good events and the records that must be dead-lettered, in their order. */
public record DecodedBatch(List<Arrival> arrivals) {

    public List<TicketEvent> events() {
        return arrivals.stream()
                .filter(ReceivedEvent.class::isInstance)
                .map(one -> ((ReceivedEvent) one).event())
                .toList();
    }

    public List<MalformedEvent> malformed() {
        return arrivals.stream()
                .filter(MalformedEvent.class::isInstance)
                .map(MalformedEvent.class::cast)
                .toList();
    }
}
