package camelbell.recipient;

import camelbell.model.Person;
import camelbell.model.Policy;
import camelbell.model.PolicyCondition.Field;
import camelbell.model.PolicyCondition.Subject;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields that conditions may name, and where their values are: nothing else of event, ticket or person can be reached. */
final class ConditionFields {

    private static final Map<String, Function<TicketEvent, @Nullable Object>> EVENT = new TreeMap<>(Map.of(
            "id", TicketEvent::id,
            "source", TicketEvent::source,
            "type", TicketEvent::type,
            "time", event -> event.time().toString(),
            "actor", TicketEvent::actor,
            "assignees", TicketEvent::assignees));

    /** By their names in events, and the project by the one that words have for it, too. */
    private static final Map<String, Function<Ticket, @Nullable Object>> TICKET = new TreeMap<>(Map.of(
            "id", Ticket::id,
            "title", Ticket::title,
            "priority", Ticket::priority,
            "category", Ticket::category,
            "status", Ticket::status,
            "created_by", Ticket::createdBy,
            "created_at", ticket -> ticket.createdAt().toString(),
            "project_name", Ticket::projectName,
            "project", Ticket::projectName));

    private static final Map<String, Function<Person, @Nullable Object>> PERSON = new TreeMap<>(Map.of(
            "id", Person::id,
            "username", Person::username,
            "name", Person::name,
            "role", Person::role,
            "groups", Person::groups,
            "locale", Person::locale,
            "time_zone", Person::timeZone,
            "email", person -> person.contacts().get("email"),
            "whatsapp_number", person -> person.contacts().get("whatsapp_number")));

    private final Policy.FurtherFields further;

    ConditionFields(Policy.FurtherFields further) {
        this.further = further;
    }

    /** Whether the hub has the field anyway, so that nobody need name it as a further one. */
    static boolean isOwn(Subject subject, String name) {
        return own(subject).contains(name);
    }

    private static Collection<String> own(Subject subject) {
        return switch (subject) {
            case EVENT -> EVENT.keySet();
            case TICKET -> TICKET.keySet();
            case PERSON -> PERSON.keySet();
        };
    }

    Collection<String> of(Subject subject) {
        Collection<String> names = new TreeSet<>(own(subject));
        switch (subject) {
            case EVENT -> {}
            case TICKET -> names.addAll(further.ticket());
            case PERSON -> names.addAll(further.person());
        }
        return names;
    }

    /**
     * The value of a field that the parser let pass; null when there is none.
     *
     * @param person null where no field is the person's
     */
    static @Nullable Object value(Field field, TicketEvent event, @Nullable Person person) {
        return switch (field.subject()) {
            case EVENT -> of(EVENT, field.name()).apply(event);
            case TICKET -> TICKET.containsKey(field.name())
                    ? of(TICKET, field.name()).apply(event.ticket())
                    : event.ticket().further().get(field.name());
            case PERSON -> person == null ? null : personal(field.name(), person);
        };
    }

    private static @Nullable Object personal(String name, Person person) {
        Function<Person, @Nullable Object> own = PERSON.get(name);
        return own == null ? person.contacts().get(name) : own.apply(person);
    }

    private static <T> Function<T, @Nullable Object> of(
            Map<String, Function<T, @Nullable Object>> fields, String name) {
        Function<T, @Nullable Object> field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no field " + name + "; fields are " + fields.keySet());
        }
        return field;
    }
}
