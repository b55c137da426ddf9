/**
 * Whether this process works: memory, clock, locks, database, and what ends it where waiting would not help.
 * Called by timers of its own and by health probes; the other packages report to it.
 * Must never know a protocol.
 */
@NullMarked
package camelbell.runtime.health;

import org.jspecify.annotations.NullMarked;
