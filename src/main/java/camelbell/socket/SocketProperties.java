package camelbell.socket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and rhythms of the sockets stage. Source: contract §4, which gives the defaults.
 *
 * @param connectionsPerPerson open sockets of one person on one node
 * @param replayLimit missed frames that are replayed; beyond it the client is told to load by REST
 * @param slowReaderLimit bytes queued towards one client before the hub stops sending to it
 * @param slowReaderGrace how long a client may stay at that limit before it is closed
 * @param slowReaderLinger longest time for a client so closed to read what is queued, and the close frame behind it
 * @param pingInterval time between protocol pings
 * @param pongWait longest wait for any sign of life after a ping
 * @param sweepInterval time between comparisons of every open socket with the database
 * @param lanes threads that read the inbox and send
 * @param tokenChecks threads that look at the tokens of refresh frames
 * @param shutdownGrace time over which open sockets are closed at stop
 */
@ConfigurationProperties("camelbell.websocket")
record SocketProperties(
        @DefaultValue("10") int connectionsPerPerson,
        @DefaultValue("300") int replayLimit,
        @DefaultValue("256KB") DataSize slowReaderLimit,
        @DefaultValue("3s") Duration slowReaderGrace,
        @DefaultValue("30s") Duration slowReaderLinger,
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("6s") Duration pongWait,
        @DefaultValue("2s") Duration sweepInterval,
        @DefaultValue("2") int lanes,
        @DefaultValue("4") int tokenChecks,
        @DefaultValue("5s") Duration shutdownGrace) {}
