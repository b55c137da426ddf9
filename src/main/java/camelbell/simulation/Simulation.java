package camelbell.simulation;

import camelbell.model.Arrival;
import camelbell.model.Delivery;
import camelbell.model.EventDecoder;
import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import camelbell.model.MessageWriter;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Planner;
import camelbell.model.ReceivedEvent;
import camelbell.model.WrittenMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One version of the tables, asked what events would come to. */
@Component("simulation")
public final class Simulation {

    private final EventDecoder decoder;
    private final Planner planner;
    private final MessageWriter writer;

    Simulation(EventDecoder decoder, Planner planner, MessageWriter writer) {
        this.decoder = decoder;
        this.planner = planner;
        this.writer = writer;
    }

    /**
     * What a record would become.
     *
     * @param plan who would be told; null for a record that would be dead-lettered
     * @param malformed why it would be; null for an event
     */
    public record Fate(@Nullable Plan plan, @Nullable MalformedEvent malformed) {}

    /**
     * The fate of one structured CloudEvent, as it would lie in {@code ticket-events}.
     *
     * @param now when it is taken to be posted, where it does not say itself when it happened
     */
    public Fate of(byte[] event, Instant now) {
        IncomingRecord record =
                new IncomingRecord("ticket-events", 0, 0, now.toEpochMilli(), now, null, event, Map.of());
        Arrival arrival = decoder.decode(List.of(record)).arrivals().get(0);
        return arrival instanceof ReceivedEvent received
                ? new Fate(planner.plan(received.event()), null)
                : new Fate(null, (MalformedEvent) arrival);
    }

    /** What one of the plan's notices would say. */
    public WrittenMessage message(Plan plan, Notice notice, Instant now) {
        return writer.write(new Delivery(
                0,
                notice.channel(),
                notice.recipient(),
                plan.event(),
                plan.words().get(notice.words()),
                now,
                1,
                now,
                false));
    }
}
