/**
 * Providers over HTTP: one client that is bounded in time and size, answers and failures read as delivery outcomes.
 * Called by the route files of channels, on the threads of their queues only; its client by camelbell.channel.whatsapp, too.
 * Must never know a provider, nor Camel.
 */
@NullMarked
package camelbell.channel.http;

import org.jspecify.annotations.NullMarked;
