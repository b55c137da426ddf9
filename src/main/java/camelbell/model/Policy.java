package camelbell.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy table: who is told what, over which channels, in which words. It is data (routes/policy.yaml), so event
 * types and channels are values here, not enum constants.
 *
 * @param channels by code, in the table's order
 * @param events by event type
 * @param further fields of tickets and people beyond the hub's own that words and conditions may name
 */
public record Policy(Map<String, Channel> channels, Map<String, Event> events, FurtherFields further)
        implements Current<Policy> {

    /** Without further fields. */
    public Policy(Map<String, Channel> channels, Map<String, Event> events) {
        this(channels, events, FurtherFields.NONE);
    }

    /** Names of fields of {@code data.ticket}, and of text fields of the {@code users} topic. */
    public record FurtherFields(List<String> ticket, List<String> person) {

        public static final FurtherFields NONE = new FurtherFields(List.of(), List.of());
    }

    /**
     * What follows one type of event.
     *
     * @param rules all of which count, in the table's order
     * @param otherwise what counts when they name nobody who can be told; null: nothing
     */
    public record Event(List<Rule> rules, @Nullable Rule otherwise) {

        /** The rules and what counts otherwise. */
        public Stream<Rule> all() {
            return otherwise == null ? rules.stream() : Stream.concat(rules.stream(), Stream.of(otherwise));
        }

        /** Every channel that somebody may be told over. */
        public List<Channel> channels() {
            return all().flatMap(rule -> rule.over().stream()).distinct().toList();
        }
    }

    /**
     * Who is told, over what, in which words.
     *
     * @param words patterns with the ticket's fields in braces
     * @param when null: always
     */
    public record Rule(List<Audience> tell, List<Channel> over, Wording words, @Nullable PolicyCondition when) {}

    /**
     * The people a rule may name.
     *
     * @param name of the role or group, or the person's id as a text; empty for the others
     * @param id of the person; 0 for the others
     */
    public record Audience(AudienceKind kind, String name, long id) {

        /** What kind of people. */
        public enum AudienceKind {
            /** Every active person with the role ADMIN. */
            ADMINS,
            /** Who created the ticket. */
            CREATOR,
            /** Whom the event names as assignees. */
            ASSIGNEES,
            /** Who did it, when the event says so. */
            ACTOR,
            /** Every active person with a role. */
            ROLE,
            /** Every active person in a group. */
            GROUP,
            /** One person, by id. */
            PERSON
        }

        /** One that needs no name. */
        public static Audience of(AudienceKind kind) {
            return new Audience(kind, "", 0);
        }

        /** A role or group. */
        public static Audience named(AudienceKind kind, String name) {
            return new Audience(kind, name, 0);
        }

        /** One person. */
        public static Audience person(long id) {
            return new Audience(AudienceKind.PERSON, Long.toString(id), id);
        }

        /** As operators read it: ADMINS, GROUP on-call. */
        public String label() {
            return name.isEmpty() ? kind.name() : kind.name() + " " + name;
        }

        /** As the table names it: admins, group: on-call. */
        @Override
        public String toString() {
            String word = kind.name().toLowerCase(Locale.ROOT);
            return name.isEmpty() ? word : word + ": " + name;
        }
    }

    @Override
    public Policy now() {
        return this;
    }

    /** The channel with this code. */
    public Channel channel(String code) {
        Channel channel = channels.get(code);
        if (channel == null) {
            throw new IllegalArgumentException("policy.yaml has no channel " + code + ", but a notification names it");
        }
        return channel;
    }
}
