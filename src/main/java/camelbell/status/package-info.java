/**
 * What producers are told of their events: kept in an outbox by the transactions that it is about, and published from there.
 * Called by 61-status, and by whoever moves a notification.
 * Must never import another stage, nor change anything but its table.
 */
@NullMarked
package camelbell.status;

import org.jspecify.annotations.NullMarked;
