package camelbell.recipient;

import camelbell.model.Arrival;
import camelbell.model.Person;
import camelbell.model.Policy;
import camelbell.model.Portion;
import camelbell.model.ReceivedEvent;
import camelbell.model.TicketEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Cuts a batch where enough rows are planned, so that neither the plans of all events exist at once nor one transaction
 * holds them: one event may mean everybody, if only to find that its condition holds for nobody.
 */
final class PlannedPortions implements Iterator<Portion> {

    private final RecipientPlanner planner;
    private final Policy table;
    private final Iterator<Arrival> arrivals;
    private final Map<Long, Person> named;
    private final int size;

    /**
     * @param table by which all of them are planned, whatever is current meanwhile
     * @param named the directory's people among those whom the batch names by ids
     * @param size a portion ends with the event that reaches so many notices or people
     */
    PlannedPortions(RecipientPlanner planner, Policy table, List<Arrival> arrivals, Map<Long, Person> named, int size) {
        this.planner = planner;
        this.table = table;
        this.arrivals = arrivals.iterator();
        this.named = named;
        this.size = size;
    }

    @Override
    public boolean hasNext() {
        return arrivals.hasNext();
    }

    @Override
    public Portion next() {
        List<Arrival> portion = new ArrayList<>();
        List<TicketEvent> events = new ArrayList<>();
        List<Candidacy> candidacies = new ArrayList<>();
        int planned = 0;
        while (planned < size && arrivals.hasNext()) {
            Arrival arrival = arrivals.next();
            portion.add(arrival);
            if (arrival instanceof ReceivedEvent received) {
                Candidacy candidacy = planner.candidacy(table, received.event(), named);
                events.add(received.event());
                candidacies.add(candidacy);
                planned += candidacy.size();
            }
        }
        return new Portion(portion, planner.plans(table, events, candidacies));
    }
}
