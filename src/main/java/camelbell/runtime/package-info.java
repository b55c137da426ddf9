/**
 * The glue between Camel, Kafka, Vert.x and the stages: the only package that may know the insides of the frameworks.
 * Called by the routes that face Kafka, HTTP and WebSocket.
 * Must never decide who is told what; it moves bytes and starts things in the right order.
 */
@NullMarked
package camelbell.runtime;

import org.jspecify.annotations.NullMarked;
