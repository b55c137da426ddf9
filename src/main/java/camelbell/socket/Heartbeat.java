package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Closes the sockets whose token has ended or whose client is silent, and pings the others. */
@Component("socketHeartbeat")
class Heartbeat {

    private final Sessions sessions;
    private final Duration pingInterval;
    private final Duration longestSilence;

    Heartbeat(Sessions sessions, SocketProperties properties) {
        this.sessions = sessions;
        this.pingInterval = properties.pingInterval();
        this.longestSilence = properties.pingInterval().plus(properties.pongWait());
    }

    /** One look at every socket; called about every second. */
    void beat(Instant now) {
        for (Session session : sessions.all()) {
            SocketConnection connection = session.connection();
            if (!connection.open()) {
                sessions.remove(connection.key());
            } else if (session.expired(now)) {
                sessions.close(session, Closing.TOKEN);
            } else if (connection.silence().compareTo(longestSilence) > 0) {
                sessions.close(session, Closing.SILENT);
            } else if (session.pingDue(now, pingInterval)) {
                connection.ping();
            }
        }
    }
}
