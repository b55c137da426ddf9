package camelbell.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a WebSocket client may say. Source: contract §4, which gives the defaults.
 *
 * @param maxMessage longest message; a longer one closes the connection (1009)
 * @param framesPerSecond most frames of any kind in one second; more close the connection (4429)
 */
@ConfigurationProperties("camelbell.websocket")
record SocketLimits(@DefaultValue("8KB") DataSize maxMessage, @DefaultValue("50") int framesPerSecond) {}
