package camelbell.api;

import static camelbell.model.NotificationStatus.SKIPPED;

import camelbell.model.NotificationStatus;
import camelbell.model.Policy;
import camelbell.rest.Ids;
import camelbell.rest.Query;
import camelbell.store.Condition;
import camelbell.store.ListLengths.Length;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of a person's notifications are meant. SKIPPED ones only when asked for by their status.
 *
 * @param nothing true for what is both read and unread
 * @param read null for both
 * @param channel code, or null for all
 * @param complaints what is wrong with the query, by field; empty when it can be used
 */
record Filter(
        long recipient,
        boolean nothing,
        @Nullable Boolean read,
        @Nullable String channel,
        @Nullable Long ticket,
        @Nullable NotificationStatus status,
        Map<String, List<String>> complaints) {

    private static final String UNREAD = "n.read_at IS NULL";
    private static final String READ = "n.read_at IS NOT NULL";
    private static final Map<String, Boolean> TRUTH = Map.of("true", true, "1", true, "false", false, "0", false);

    static Filter of(ApiCall call, Policy policy) {
        return of(call, policy, call.query().text("status"));
    }

    /** Marking all knows no status (contract §3), so that what was skipped is never counted as read. */
    static Filter ofAnyStatus(ApiCall call, Policy policy) {
        return of(call, policy, "");
    }

    private static Filter of(ApiCall call, Policy policy, String status) {
        Map<String, List<String>> complaints = new LinkedHashMap<>();
        Query query = call.query();
        String channel = query.text("notification_type");
        String ticket = query.text("ticket");
        Boolean truth = truth(complaints, query, "is_read");
        expect(complaints, "notification_type", channel, policy.channels().containsKey(channel));
        if (!ticket.isEmpty() && Ids.of(ticket) == null) {
            complaints.put(
                    "ticket", List.of("Select a valid choice. That choice is not one of the available choices."));
        }
        NotificationStatus known = Arrays.stream(NotificationStatus.values())
                .filter(one -> one.name().equals(status))
                .findFirst()
                .orElse(null);
        expect(complaints, "status", status, known != null);
        return new Filter(
                call.user(), false, truth, channel.isEmpty() ? null : channel, Ids.of(ticket), known, complaints);
    }

    /** The same, unread only. */
    Filter unread() {
        return new Filter(recipient, nothing || Boolean.TRUE.equals(read), false, channel, ticket, status, complaints);
    }

    /** Whether what it means changes only together with the person's inbox: all but what a status says. */
    boolean changesWithInbox() {
        return status == null;
    }

    Condition condition() {
        Condition condition = within(new Condition(
                status == SKIPPED ? "n.recipient = ? AND NOT n.listed" : "n.recipient = ? AND n.listed",
                List.of(recipient)));
        return read == null ? condition : condition.and(read ? READ : UNREAD);
    }

    private Condition within(Condition condition) {
        Condition within = nothing ? condition.and("false") : condition;
        if (status != null) {
            within = within.and("n.status = ?", status.name());
        }
        if (channel != null) {
            within = within.and("n.channel = ?", channel);
        }
        return ticket == null
                ? within
                : within.and("n.event IN (SELECT id FROM ticket_event WHERE ticket_id = ?)", ticket);
    }

    /**
     * The condition in parts that each stand in an index in the order of the list: the unread ones of a channel, the read
     * ones, or simply all. What names a ticket or a status has one part, and is looked for.
     *
     * @param channels all in which the person may have any
     */
    List<Condition> parts(Collection<String> channels) {
        if (!isCounted() || (channel == null && read == null)) {
            return List.of(condition());
        }
        Stream<Condition> each = channel != null
                ? Stream.of(condition())
                : channels.stream().map(code -> condition().and("n.channel = ?", code));
        return each.flatMap(part -> read != null ? Stream.of(part) : Stream.of(part.and(UNREAD), part.and(READ)))
                .toList();
    }

    /** Whether the counters say how many it means. */
    boolean isCounted() {
        return status == null && ticket == null && !nothing;
    }

    /** How many it means by the counters, or null where they do not know. */
    @Nullable
    Long count(Map<String, Length> counters) {
        long count = 0;
        for (Map.Entry<String, Length> counter : counters.entrySet()) {
            if (channel != null && !channel.equals(counter.getKey())) {
                continue;
            }
            long unread = counter.getValue().unread();
            Long listed = Boolean.FALSE.equals(read)
                    ? Long.valueOf(unread)
                    : counter.getValue().listed();
            if (listed == null) {
                return null;
            }
            count += Boolean.TRUE.equals(read) ? listed - unread : listed;
        }
        return count;
    }

    /** What a parameter that is true or false says; null when it is absent, empty, or complained about. */
    static @Nullable Boolean truth(Map<String, List<String>> complaints, Query query, String field) {
        String value = query.text(field);
        Boolean truth = TRUTH.get(value.toLowerCase(Locale.ROOT));
        expect(complaints, field, value, truth != null);
        return truth;
    }

    private static void expect(Map<String, List<String>> complaints, String field, String value, boolean known) {
        if (!value.isEmpty() && !known) {
            complaints.put(field, List.of("Select a valid choice. " + value + " is not one of the available choices."));
        }
    }
}
