/**
 * Reads what providers say of messages later: signed callbacks, and mail servers' reports.
 * Called by 72-bounces and 82-whatsapp-receipts.
 * Must never change what was recorded but through camelbell.store, nor let an address into a record or a log.
 */
@NullMarked
package camelbell.receipt;

import org.jspecify.annotations.NullMarked;
