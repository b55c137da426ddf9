package camelbell.socket;

import java.time.Instant;

/**
 * One row of a person's inbox, as it goes out in a frame.
 *
 * @param id of the SYSTEM notification
 * @param event what it tells, the same object in every row of a reading that tells the same
 */
record InboxItem(long seq, long id, InboxEvent event, Instant createdAt) {}
