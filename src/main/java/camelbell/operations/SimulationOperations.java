package camelbell.operations;

import camelbell.model.MalformedEvent;
import camelbell.model.Plan;
import camelbell.operations.SimulatedEvent.Bounds;
import camelbell.operations.SimulatedEvent.SimulatedDeadLetter;
import camelbell.rest.Answer;
import camelbell.rest.Ids;
import camelbell.simulation.Simulation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says to operators what an event would come to by the tables and the directory of the running hub. Nothing is sent or stored. */
@Component("simulationOperations")
class SimulationOperations {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationOperations.class);

    private static final int MOST_PEOPLE = 100;
    private static final int MOST_NAMED = 100;

    /** In characters; one person's messages may be more. */
    private static final long MOST_TEXT = 1024 * 1024;

    private final AdminAuthorization authorization;
    private final Simulation simulation;
    private final Clock clock;

    /** An event may mean everybody, and each of those who are shown costs a mail. */
    private final Bulkhead turns = new Bulkhead(2, 6);

    SimulationOperations(AdminAuthorization authorization, Simulation simulation, Clock clock) {
        this.authorization = authorization;
        this.simulation = simulation;
        this.clock = clock;
    }

    /**
     * The event in {@code {"event": {...}}}, for at most {@code limit} people, or for each {@code person}.
     *
     * @param body of the request, or null when it has none
     */
    public Answer simulate(Map<String, Object> headers, byte @Nullable [] body) {
        return authorization.pass(headers, call -> {
            byte[] event = EventBody.event(body);
            if (event == null) {
                return Answer.invalid(
                        "event", "Write {\"event\": {…}} in UTF-8, the CloudEvent as Kafka would get it.");
            }
            List<String> named = call.parameters().parameters().getOrDefault("person", List.of());
            List<Long> people = new ArrayList<>();
            for (String one : named) {
                Long id = Ids.of(one);
                if (id == null || named.size() > MOST_NAMED) {
                    return Answer.invalid("person", "Write the ids of at most " + MOST_NAMED + " people.");
                }
                if (!people.contains(id)) {
                    people.add(id);
                }
            }
            String limit = call.parameters().text("limit");
            if (!limit.isEmpty() && !limit.matches("[0-9]{1,2}|100")) {
                return Answer.invalid("limit", "Write a number from 0 to " + MOST_PEOPLE + ".");
            }
            int most = limit.isEmpty() ? MOST_PEOPLE : Integer.parseInt(limit);
            return turns.take(() -> simulate(
                    call.user(), event, new Bounds(people.isEmpty() ? most : people.size(), MOST_TEXT, people)));
        });
    }

    private Answer simulate(long caller, byte[] event, Bounds bounds) {
        Instant now = clock.instant();
        Simulation.Fate fate = simulation.of(event, now);
        Plan plan = fate.plan();
        MalformedEvent malformed = fate.malformed();
        if (plan != null) {
            SimulatedEvent simulated = SimulatedEvent.of(simulation, plan, now, bounds);
            LOG.info(
                    "event simulated by user={} for people={} shown={}",
                    caller,
                    simulated.counts().people(),
                    simulated.people().size());
            return Answer.ok(simulated);
        }
        if (malformed == null) {
            throw new IllegalStateException("there is a plan, or a reason why there is none");
        }
        LOG.info("event simulated by user={} code={}", caller, malformed.code());
        return Answer.ok(Map.of("dead_letter", SimulatedDeadLetter.of(malformed)));
    }
}
