package camelbell.socket;

import camelbell.model.Ticket;

/**
 * What all those are told alike whom one event is told in the same words.
 *
 * @param id the CloudEvents id
 */
record InboxEvent(String id, String type, String message, Ticket ticket) {}
