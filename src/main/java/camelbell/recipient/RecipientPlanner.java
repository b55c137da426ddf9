package camelbell.recipient;

import camelbell.model.Channel;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Policy;
import camelbell.model.TicketEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says who hears of each event and how: the guide's table of types, recipients and channels, applied. A person in two
 * roles is told once; inactive and unknown people are not told; a person without an address gets a skipped notice.
 */
@Component("recipientPlanner")
class RecipientPlanner {

    /** Why a notice is skipped when the directory has no address for its channel. Stable: it is shown to operators. */
    static final String NO_ADDRESS = "NO_ADDRESS";

    private final Policy policy;
    private final Directory directory;

    RecipientPlanner(Policy policy, Directory directory) {
        this.policy = policy;
        this.directory = directory;
    }

    /** One plan per event, in the events' order; a plan may have no notices. */
    public List<Plan> plan(List<TicketEvent> events) {
        Map<Long, Person> named = directory.people(namedIn(events));
        return events.stream().map(event -> plan(event, named)).toList();
    }

    private Plan plan(TicketEvent event, Map<Long, Person> named) {
        Policy.Rule rule = policy.rules().get(event.type());
        if (rule == null) {
            throw new IllegalArgumentException("event " + event.id() + " has type " + event.type()
                    + ", which the policy table does not know: the decoder should have refused it");
        }
        List<Notice> notices = new ArrayList<>();
        for (Person person : recipients(rule, event, named)) {
            for (Channel channel : rule.over()) {
                notices.add(new Notice(person, channel, reasonToSkip(person, channel)));
            }
        }
        return new Plan(
                event, Words.fill(rule.subject(), event.ticket()), Words.fill(rule.message(), event.ticket()), notices);
    }

    private Collection<Person> recipients(Policy.Rule rule, TicketEvent event, Map<Long, Person> named) {
        Map<Long, Person> recipients = new LinkedHashMap<>();
        for (Policy.Audience audience : rule.tell()) {
            for (Person person : audience(audience, event, named)) {
                recipients.putIfAbsent(person.id(), person);
            }
        }
        return recipients.values();
    }

    private List<Person> audience(Policy.Audience audience, TicketEvent event, Map<Long, Person> named) {
        return switch (audience) {
            case ADMINS -> directory.activeWithRole("ADMIN");
            case CREATOR -> active(List.of(event.ticket().createdBy()), named);
            case ASSIGNEES -> active(event.assignees(), named);
        };
    }

    private static List<Person> active(List<Long> ids, Map<Long, Person> named) {
        return ids.stream()
                .filter(named::containsKey)
                .map(named::get)
                .filter(Person::active)
                .toList();
    }

    private static @Nullable String reasonToSkip(Person person, Channel channel) {
        return channel.addressField() != null && person.addressOn(channel) == null ? NO_ADDRESS : null;
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
