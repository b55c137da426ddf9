/**
 * Keeps what was recorded: events, notifications, inbox counters, deliveries, attempts and receipts. Nobody else writes these
 * tables; how a notification may move is {@link camelbell.store.Transition}.
 * Called by 12-unsent, 14-slices, 30-record, 60-settle, 72-bounces, 82-whatsapp-receipts and 90-retention, and through a few
 * public classes by the API, operations and receipts.
 * Must never import another stage or talk to a provider.
 */
@NullMarked
package camelbell.store;

import org.jspecify.annotations.NullMarked;
