/**
 * Receipts: those that providers send of messages, and those that producers get of their events (notification-status).
 * Called by 10-ticket-events, 30-record, 60-settle, 61-status, 72-bounces and 82-whatsapp-receipts.
 * Must never import another stage, nor let an address into a record or a log.
 */
@NullMarked
package camelbell.receipt;

import org.jspecify.annotations.NullMarked;
