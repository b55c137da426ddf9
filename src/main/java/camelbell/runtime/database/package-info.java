/**
 * The connections of the one data source, by kind of work, and what a refused statement means.
 * Called by Spring's start alone.
 * Must never run a statement of its own.
 */
@NullMarked
package camelbell.runtime.database;

import org.jspecify.annotations.NullMarked;
