/** The sockets stage: its decisions alone, then against a real PostgreSQL, then through a real WebSocket client. */
@NullMarked
package camelbell.socket;

import org.jspecify.annotations.NullMarked;
