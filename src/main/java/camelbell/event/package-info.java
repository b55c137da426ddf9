/**
 * Turns the bytes of a Kafka record into a ticket event, or says why it never can.
 * Called by 10-ticket-events.
 * Must never import another stage.
 */
@NullMarked
package camelbell.event;

import org.jspecify.annotations.NullMarked;
