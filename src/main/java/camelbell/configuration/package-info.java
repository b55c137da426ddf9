/**
 * Reads the YAML tables that engineers edit, and says in which line one is wrong.
 * Called at start-up by the stages that own a table, never by a route.
 * Must never import a stage; only the model's {@code StartRefused}.
 */
@NullMarked
package camelbell.configuration;

import org.jspecify.annotations.NullMarked;
