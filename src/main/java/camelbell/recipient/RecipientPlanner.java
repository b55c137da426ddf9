package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.DecodedBatch;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Policy;
import camelbell.model.Portions;
import camelbell.model.Suppressions;
import camelbell.model.TicketEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says who hears of each event and how: the guide's table of types, recipients and channels, applied. A person in two
 * roles is told once; inactive and unknown people are not told; a person without an address, who
 * has opted out or whose address has bounced gets a skipped notice.
 */
@Component("recipientPlanner")
class RecipientPlanner {

    /** Why a notice is skipped when the directory has no address for its channel. Stable: it is shown to operators. */
    static final String NO_ADDRESS = "NO_ADDRESS";

    private final Policy policy;
    private final Directory directory;
    private final Suppressions suppressions;

    RecipientPlanner(Policy policy, Directory directory, Suppressions suppressions) {
        this.policy = policy;
        this.directory = directory;
        this.suppressions = suppressions;
    }

    /** The batch as it is to be recorded: portions of about so many rows, each planned when it is asked for. */
    public Portions portions(DecodedBatch batch, int rows) {
        return new Portions(
                new PlannedPortions(this, batch.arrivals(), directory.people(namedIn(batch.events())), rows));
    }

    /** One plan per event, in the events' order; a plan may have no notices. */
    List<Plan> plans(List<TicketEvent> events, List<Candidacy> candidacies) {
        Map<Long, Person> people = new HashMap<>();
        candidacies.forEach(candidacy -> candidacy.recipients().forEach(person -> people.put(person.id(), person)));
        suppressions.expect(people.values());
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            plans.add(plan(events.get(i), candidacies.get(i)));
        }
        return plans;
    }

    /** How many notices the event's plan will have. */
    int rows(TicketEvent event, Candidacy candidacy) {
        return candidacy.recipients().size() * rule(event).over().size();
    }

    private Policy.Rule rule(TicketEvent event) {
        Policy.Rule rule = policy.rules().get(event.type());
        if (rule == null) {
            throw new IllegalArgumentException("event " + event.id() + " has type " + event.type()
                    + ", which the policy table does not know: the decoder should have refused it");
        }
        return rule;
    }

    private Plan plan(TicketEvent event, Candidacy candidacy) {
        Policy.Rule rule = rule(event);
        List<Notice> notices = new ArrayList<>();
        for (Person person : candidacy.recipients()) {
            for (Channel channel : rule.over()) {
                notices.add(new Notice(person, channel, reasonToSkip(person, channel)));
            }
        }
        String subject = TicketPattern.fill(rule.subject(), event.ticket());
        String message = TicketPattern.fill(rule.message(), event.ticket());
        return new Plan(event, subject, message, rule.over(), candidacy.candidates(), notices);
    }

    /** @param named the directory's people among those whom the event names by ids */
    Candidacy candidacy(TicketEvent event, Map<Long, Person> named) {
        Candidacy candidacy = new Candidacy();
        for (Policy.Audience audience : rule(event).tell()) {
            switch (audience) {
                case ADMINS -> candidacy.active(audience, directory.activeWithRole("ADMIN"));
                case CREATOR -> candidacy.named(audience, List.of(event.ticket().createdBy()), named);
                case ASSIGNEES -> candidacy.named(audience, event.assignees(), named);
            }
        }
        return candidacy;
    }

    private @Nullable String reasonToSkip(Person person, Channel channel) {
        return channel.addressField() != null && person.addressOn(channel) == null
                ? NO_ADDRESS
                : suppressions.reason(person, channel);
    }

    private static Set<Long> namedIn(List<TicketEvent> events) {
        Set<Long> ids = new HashSet<>();
        for (TicketEvent event : events) {
            ids.add(event.ticket().createdBy());
            ids.addAll(event.assignees());
        }
        return ids;
    }
}
