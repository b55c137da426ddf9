/**
 * Who people are: the directory that the users topic fills, and whose a bearer token is.
 * Called by 15-directory, by the planner through {@link camelbell.model.Directory}, and before every REST route and WebSocket.
 * Must never import another stage.
 */
@NullMarked
package camelbell.identity;

import org.jspecify.annotations.NullMarked;
