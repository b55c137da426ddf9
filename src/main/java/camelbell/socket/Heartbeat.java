package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Closes the sockets whose token has ended, whose client reads too slowly or is silent, and pings the others. It looks at
 * all of them, also at those that nothing is sent to but answers.
 */
@Component("socketHeartbeat")
class Heartbeat {

    private final Sessions sessions;
    private final Duration pingInterval;
    private final Duration longestSilence;
    private final Duration grace;
    private final Duration linger;

    Heartbeat(Sessions sessions, SocketProperties properties) {
        this.sessions = sessions;
        this.pingInterval = properties.pingInterval();
        this.longestSilence = properties.pingInterval().plus(properties.pongWait());
        this.grace = properties.slowReaderGrace();
        this.linger = properties.slowReaderLinger();
    }

    /** One look at every socket; called about every second. */
    void beat(Instant now) {
        for (Session session : sessions.all()) {
            SocketConnection connection = session.connection();
            if (!connection.open()) {
                sessions.remove(connection.key());
            } else if (session.expired(now)) {
                sessions.close(session, Closing.TOKEN);
            } else if (connection.behind().compareTo(grace) > 0) {
                sessions.close(session, Closing.SLOW, linger);
            } else if (connection.silence().compareTo(longestSilence) > 0) {
                sessions.close(session, Closing.SILENT);
            } else if (session.pingDue(now, pingInterval)) {
                connection.ping();
            }
        }
    }
}
