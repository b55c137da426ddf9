/**
 * Puts saved tables and route files in the place of those that run: watched, checked, and replaced between two pieces of work.
 * Called by a thread of its own; nobody calls it but health.
 * Must never decide what is right in a file: who reads it at the start reads it here, too.
 */
@NullMarked
package camelbell.runtime.reload;

import org.jspecify.annotations.NullMarked;
