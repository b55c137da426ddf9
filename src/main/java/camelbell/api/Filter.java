package camelbell.api;

import camelbell.model.NotificationStatus;
import camelbell.model.Policy;
import camelbell.rest.Ids;
import camelbell.rest.Query;
import camelbell.store.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of a person's notifications are meant. SKIPPED ones only when asked for by their status.
 *
 * @param channel code, or null for all
 * @param complaints what is wrong with the query, by field; empty when it can be used
 */
record Filter(
        long recipient,
        @Nullable Boolean read,
        @Nullable String channel,
        @Nullable Long ticket,
        @Nullable NotificationStatus status,
        Map<String, List<String>> complaints) {

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
        return new Filter(call.user(), truth, channel.isEmpty() ? null : channel, Ids.of(ticket), known, complaints);
    }

    /** The same, unread only. */
    Condition unread() {
        return condition().and("n.read_at IS NULL");
    }

    /** Whether what it means changes only together with the person's inbox: all but what a status says. */
    boolean changesWithInbox() {
        return status == null;
    }

    Condition condition() {
        List<Object> values = new ArrayList<>(List.of(recipient));
        StringBuilder sql = new StringBuilder("n.recipient = ?")
                .append(status == NotificationStatus.SKIPPED ? " AND NOT n.listed" : " AND n.listed");
        if (status != null) {
            sql.append(" AND n.status = ?");
            values.add(status.name());
        }
        if (read != null) {
            sql.append(read ? " AND n.read_at IS NOT NULL" : " AND n.read_at IS NULL");
        }
        if (channel != null) {
            sql.append(" AND n.channel = ?");
            values.add(channel);
        }
        if (ticket != null) {
            sql.append(" AND n.event IN (SELECT id FROM ticket_event WHERE ticket_id = ?)");
            values.add(ticket);
        }
        return new Condition(sql.toString(), values);
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
