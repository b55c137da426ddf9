package camelbell.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many WebSocket clients there may be, and how much each may say. Source: contract §4, which gives the defaults of
 * what one client may say.
 *
 * @param connections most open sockets on this node; a handshake above it is answered with 503
 * @param maxMessage longest message; a longer one closes the connection (1009)
 * @param framesPerSecond most frames of any kind in one second; more close the connection (4429)
 */
@ConfigurationProperties("camelbell.websocket")
record SocketLimits(
        @DefaultValue("10000") int connections,
        @DefaultValue("8KB") DataSize maxMessage,
        @DefaultValue("50") int framesPerSecond) {}
