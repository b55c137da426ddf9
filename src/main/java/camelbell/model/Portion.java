package camelbell.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is recorded in one transaction: consecutive records of a Kafka batch, so that the offsets up to its end can be committed
 * once it is recorded.
 *
 * @param arrivals records of the batch, in their order; those that must be dead-lettered stand among them
 * @param plans one for each event among the arrivals, in their order
 */
public record Portion(List<Arrival> arrivals, List<Plan> plans, Care care) {

    /** How much is done so that locks of other sessions hold nothing up. More of it costs more, and puts off more. */
    public enum Care {
        /** Locks are waited for, a while. */
        NONE,
        /** Whoever's inbox is locked is told later. */
        HELD_LATER,
        /** Everybody is told later: nothing but the events is written at once. */
        ALL_LATER;

        /** What is tried when this met a lock; the last one stays. */
        public Care next() {
            return this == NONE ? HELD_LATER : ALL_LATER;
        }
    }

    /** As it is tried first. */
    public Portion(List<Arrival> arrivals, List<Plan> plans) {
        this(arrivals, plans, Care.NONE);
    }

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return 31 * arrivals.size() + plans.size();
    }

    /** The same to be recorded with this care. */
    public Portion with(Care more) {
        return new Portion(arrivals, plans, more);
    }

    /** Those whose producers are told that they are rejected. */
    public List<MalformedEvent> malformed() {
        return new DecodedBatch(arrivals).malformed();
    }

    /** The same in two transactions, each with half of the events; it must have two events at least. */
    public List<Portion> halves() {
        int half = plans.size() / 2;
        int end = 0;
        for (int events = 0; events < half; end++) {
            events += arrivals.get(end) instanceof ReceivedEvent ? 1 : 0;
        }
        return List.of(
                new Portion(arrivals.subList(0, end), plans.subList(0, half), care),
                new Portion(arrivals.subList(end, arrivals.size()), plans.subList(half, plans.size()), care));
    }

    /** The same without its events, which are to be dead-lettered. */
    public Portion rejected(String code, String detail) {
        List<Arrival> rejected = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            rejected.add(
                    arrival instanceof ReceivedEvent event
                            ? new MalformedEvent(event.record(), code, "", detail)
                            : arrival);
        }
        return new Portion(rejected, List.of());
    }
}
