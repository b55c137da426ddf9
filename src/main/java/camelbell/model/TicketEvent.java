package camelbell.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a ticket. {@code source} and {@code id} together identify it for ever (CloudEvents 1.0):
 * the same pair again is a duplicate.
 *
 * @param type a key of the policy table, such as {@code ticket_created}
 * @param time when it happened upstream
 * @param actor who did it, when upstream says so
 */
public record TicketEvent(
        String source,
        String id,
        String type,
        Instant time,
        Ticket ticket,
        @Nullable Long actor,
        List<Long> assignees) {}
