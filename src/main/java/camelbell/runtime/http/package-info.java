/**
 * The public port: listeners, limits of connections, bodies, requests and answers, tokens, and what a client may send on.
 * Called by Vert.x in front of every REST route; in the order that HttpConfiguration gives.
 * Must never know what a route answers, nor what else is mounted on the port (MountedHandler).
 */
@NullMarked
package camelbell.runtime.http;

import org.jspecify.annotations.NullMarked;
