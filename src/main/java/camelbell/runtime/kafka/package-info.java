/**
 * Topics, consumers and producers: batches into exchanges, dead letters, offsets, and the health of both ends.
 * Called by the routes that face Kafka (10, 15, 70, 85, 90).
 * Must never read what a record says.
 */
@NullMarked
package camelbell.runtime.kafka;

import org.jspecify.annotations.NullMarked;
