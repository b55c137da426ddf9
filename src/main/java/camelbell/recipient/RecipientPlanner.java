package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.DecodedBatch;
import camelbell.model.Directory;
import camelbell.model.Operators;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Planner;
import camelbell.model.Policy;
import camelbell.model.Policy.Audience;
import camelbell.model.Policy.Rule;
import camelbell.model.Portions;
import camelbell.model.Suppressions;
import camelbell.model.TicketEvent;
import camelbell.recipient.Candidacy.Over;
import camelbell.recipient.Candidacy.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says who hears of each event and how: the policy table, applied. Every rule whose condition holds counts; a person in two
 * of them is told once, over the channels of both; inactive and unknown people are not told; a person without an address,
 * who has opted out or whose address has bounced gets a skipped notice.
 */
@Component("recipientPlanner")
class RecipientPlanner implements Planner {

    /** Why a notice is skipped when the directory has no address for its channel. Stable: it is shown to operators. */
    static final String NO_ADDRESS = "NO_ADDRESS";

    /** The number of what counts otherwise, among the rules. */
    private static final int OTHERWISE = 0;

    private final Current<Policy> policy;
    private final Directory directory;
    private final Suppressions suppressions;
    private final Operators operators;
    private final FailedConditions failed;

    RecipientPlanner(
            Current<Policy> policy,
            Directory directory,
            Suppressions suppressions,
            Operators operators,
            FailedConditions failed) {
        this.failed = failed;
        this.policy = policy;
        this.directory = directory;
        this.suppressions = suppressions;
        this.operators = operators;
    }

    /**
     * The batch as it is to be recorded: portions of about so many rows or people, each planned when it is asked for, and all
     * of them by the table that the batch was decoded by.
     */
    public Portions portions(DecodedBatch batch, int rows) {
        Policy table = batch.policy() == null ? policy.now() : batch.policy();
        return new Portions(new PlannedPortions(
                this, table, batch.arrivals(), directory.people(namedIn(table, batch.events())), rows));
    }

    @Override
    public Plan plan(TicketEvent event) {
        Policy table = policy.now();
        Candidacy candidacy = weigh(table, event, directory.people(namedIn(table, List.of(event))));
        return plans(table, List.of(event), List.of(candidacy)).get(0);
    }

    /** One plan per event, in the events' order; a plan may have no notices. */
    List<Plan> plans(Policy table, List<TicketEvent> events, List<Candidacy> candidacies) {
        Map<Long, Person> people = new HashMap<>();
        candidacies.forEach(candidacy ->
                candidacy.shares().forEach(share -> people.put(share.person().id(), share.person())));
        suppressions.expect(people.values());
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            plans.add(plan(table, events.get(i), candidacies.get(i)));
        }
        return plans;
    }

    private static Policy.Event policyOf(Policy table, TicketEvent event) {
        Policy.Event found = table.events().get(event.type());
        if (found == null) {
            throw new IllegalArgumentException("event " + event.id() + " has type " + event.type()
                    + ", which the policy table does not know: the decoder should have refused it");
        }
        return found;
    }

    private Plan plan(Policy table, TicketEvent event, Candidacy candidacy) {
        Policy.Event of = policyOf(table, event);
        PlanWords words = new PlanWords(event, of.rules().get(0).words(), candidacy.counted());
        List<Notice> notices = new ArrayList<>();
        for (Share share : candidacy.shares()) {
            Person person = share.person();
            for (Over over : share.over()) {
                Channel channel = over.channel();
                notices.add(new Notice(person, channel, reasonToSkip(person, channel), words.number(over.words())));
            }
        }
        boolean plain = of.rules().size() == 1
                && of.otherwise() == null
                && of.rules().get(0).when() == null;
        return new Plan(
                event,
                words.all(),
                candidacy.counted().stream()
                        .flatMap(rule -> rule.over().stream())
                        .distinct()
                        .toList(),
                candidacy.candidates(),
                plain ? List.of() : candidacy.weighed(),
                notices);
    }

    /** @param named the directory's people among those whom the event names by ids, and the table for its type */
    Candidacy candidacy(Policy table, TicketEvent event, Map<Long, Person> named) {
        Candidacy candidacy = weigh(table, event, named);
        candidacy.weighed().stream().filter(rule -> rule.error() != null).forEach(rule -> failed.add(event.type()));
        return candidacy;
    }

    private Candidacy weigh(Policy table, TicketEvent event, Map<Long, Person> named) {
        Candidacy candidacy = new Candidacy();
        Audiences people = new Audiences(directory, event, named);
        Policy.Event of = policyOf(table, event);
        int number = 1;
        for (Rule rule : of.rules()) {
            candidacy.add(number++, rule, check(rule, event), people);
        }
        if (of.otherwise() != null && candidacy.shares().isEmpty()) {
            candidacy.add(OTHERWISE, of.otherwise(), check(of.otherwise(), event), people);
        }
        return candidacy;
    }

    private @Nullable ConditionCheck check(Rule rule, TicketEvent event) {
        return rule.when() == null ? null : new ConditionCheck(rule.when(), event, operators);
    }

    private @Nullable String reasonToSkip(Person person, Channel channel) {
        return channel.addressField() != null && person.addressOn(channel) == null
                ? NO_ADDRESS
                : suppressions.reason(person, channel);
    }

    private Set<Long> namedIn(Policy table, List<TicketEvent> events) {
        Set<Long> ids = new HashSet<>();
        for (TicketEvent event : events) {
            ids.add(event.ticket().createdBy());
            ids.addAll(event.assignees());
            policyOf(table, event).all().flatMap(rule -> rule.tell().stream()).forEach(audience -> {
                Collection<Long> more = Audiences.ids(audience, event);
                if (more != null) {
                    ids.addAll(more);
                }
            });
        }
        return ids;
    }

    /** Where the people of one event's audiences are. */
    private record Audiences(Directory directory, TicketEvent event, Map<Long, Person> named)
            implements Candidacy.Audiences {

        @Override
        public List<Person> active(Audience audience) {
            return switch (audience.kind()) {
                case ADMINS -> directory.activeWithRole("ADMIN");
                case ROLE -> directory.activeWithRole(audience.name());
                case GROUP -> directory.activeInGroup(audience.name());
                default -> throw new IllegalArgumentException(audience + " is named by ids");
            };
        }

        @Override
        public @Nullable Collection<Long> ids(Audience audience) {
            return ids(audience, event);
        }

        @Override
        public @Nullable Person known(Long id) {
            return named.get(id);
        }

        private static @Nullable Collection<Long> ids(Audience audience, TicketEvent event) {
            return switch (audience.kind()) {
                case ADMINS, ROLE, GROUP -> null;
                case CREATOR -> List.of(event.ticket().createdBy());
                case ASSIGNEES -> event.assignees();
                case ACTOR -> event.actor() == null ? List.of() : List.of(event.actor());
                case PERSON -> List.of(audience.id());
            };
        }
    }
}
