/**
 * The route files as a picture: which file takes what from outside, and which calls which.
 * Called by the operations page and by the picture in routes/README.md.
 * Must never run a route, nor know Camel or a stage: it reads what engineers wrote.
 */
@NullMarked
package camelbell.flow;

import org.jspecify.annotations.NullMarked;
