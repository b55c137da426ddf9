package camelbell.runtime.websocket;

import camelbell.runtime.http.LongestFrame;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many WebSocket clients there may be, how much each may say, and how much may wait for them. Source: contract §4,
 * which gives the defaults for one client.
 *
 * @param connections most open sockets on this node; a handshake above it is answered with 503
 * @param maxMessage longest message; a longer one closes the connection (1009)
 * @param framesPerSecond most frames of any kind in one second; more close the connection (4429)
 * @param slowReaderLimit bytes queued towards one client before the hub stops sending to it and reading from it
 * @param queuedLimit bytes queued towards all clients, above which those that read nothing are cut, the largest first
 * @param workers threads for what clients say
 * @param handshakeWorkers threads for handshakes
 * @param handshakeQueue handshakes that may wait for one of them; above it they get 503
 */
@ConfigurationProperties("camelbell.websocket")
record SocketLimits(
        @DefaultValue("10000") int connections,
        @DefaultValue("8KB") DataSize maxMessage,
        @DefaultValue("50") int framesPerSecond,
        @DefaultValue("256KB") DataSize slowReaderLimit,
        @DefaultValue("64MB") DataSize queuedLimit,
        @DefaultValue("4") int workers,
        @DefaultValue("16") int handshakeWorkers,
        @DefaultValue("1000") int handshakeQueue)
        implements LongestFrame {

    @Override
    public int longestFrame() {
        return Math.toIntExact(maxMessage.toBytes());
    }
}
