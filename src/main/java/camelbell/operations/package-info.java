/**
 * What an operator and a developer do by hand: the commands of the jar.
 * No route calls it; {@link camelbell.CamelbellApplication} does, before there is a Spring context.
 * Must never import another stage, Camel, or anything that starts the hub.
 */
@NullMarked
package camelbell.operations;

import org.jspecify.annotations.NullMarked;
