/**
 * Decides who is told of an event, over which channels, in which words: the policy table and pure functions over it.
 * Called by 20-recipients.
 * Must never do I/O after start-up, read a clock or import another stage.
 */
@NullMarked
package camelbell.recipient;

import org.jspecify.annotations.NullMarked;
