/**
 * What clients read and mark: notifications as pages, counts and single ones, straight from the tables by its own SQL.
 * Called by 80-api alone; the handlers in front of it have checked the token and named the caller.
 * Must never import another stage, Camel or Vert.x, and never writes anything but what "read" means.
 */
@NullMarked
package camelbell.api;

import org.jspecify.annotations.NullMarked;
