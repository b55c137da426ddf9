package camelbell.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka batch after decoding: the good events and the records that must be dead-lettered, in their order.
 *
 * @param policy the table that it was decoded by, and is to be planned by; null: the one that is current then
 */
public record DecodedBatch(List<Arrival> arrivals, @Nullable Policy policy) {

    /** To be planned by the table that is current then. */
    public DecodedBatch(List<Arrival> arrivals) {
        this(arrivals, null);
    }

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return arrivals.size();
    }

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
