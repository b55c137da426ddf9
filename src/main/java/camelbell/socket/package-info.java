/**
 * Who is connected to this node, what they have been sent, and what they say: greeting, push, replay, limits.
 * Called by the routes channel-websocket, sockets and announcements.
 * Must never import Camel, Vert.x or another stage; the client's socket is {@link camelbell.model.SocketConnection}.
 */
@NullMarked
package camelbell.socket;

import org.jspecify.annotations.NullMarked;
