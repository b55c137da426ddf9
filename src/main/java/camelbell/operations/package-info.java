/**
 * What operators ask and order: over REST as ADMIN users, and by the commands of the jar.
 * Called by the files 83; the commands by {@link camelbell.CamelbellApplication}, before there is a Spring context.
 * Must never import another stage, Camel, or anything that starts the hub.
 */
@NullMarked
package camelbell.operations;

import org.jspecify.annotations.NullMarked;
