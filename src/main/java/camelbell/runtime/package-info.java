/**
 * The glue between Camel, Kafka, Vert.x and the stages: the only package that may know the insides of the frameworks.
 * Called by the routes that face Kafka, and, as the handlers of the public port, in front of every REST and WebSocket route.
 * Must never decide who is told what, nor import a stage; it moves bytes and starts things in the right order.
 */
@NullMarked
package camelbell.runtime;

import org.jspecify.annotations.NullMarked;
