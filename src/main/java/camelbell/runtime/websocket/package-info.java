/**
 * The WebSocket component: handshakes, sockets, what waits towards each client and in all.
 * Called by Vert.x for /ws/notifications/, by 81-sockets, and through the ports of camelbell.model.
 * Must never decide what a client is sent.
 */
@NullMarked
package camelbell.runtime.websocket;

import org.jspecify.annotations.NullMarked;
