package camelbell.socket;

import camelbell.model.Ticket;
import java.time.Instant;

/**
 * One row of a person's inbox, as it goes out in a frame.
 *
 * @param id of the SYSTEM notification
 * @param eventId the CloudEvents id
 */
record InboxItem(
        long seq, long id, String eventId, String eventType, String message, Ticket ticket, Instant createdAt) {}
