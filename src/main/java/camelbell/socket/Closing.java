package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Duration;

/** Why the hub closes a socket, by the codes that clients act on. Source: contract §4. */
enum Closing {
    /** No sign of life since the last ping; the client has gone without saying so. */
    SILENT(1001, "no answer to ping"),
    /** This node stops; reconnect, to whichever node answers. */
    RESTART(1012, "restarting"),
    /** Fetch a new token, then reconnect. */
    TOKEN(4401, "token expired"),
    /** Reconnect with {@code since}. */
    SLOW(4408, "reading too slowly"),
    /** Too many sockets of one person. */
    TOO_MANY(4409, "too many connections");

    private final int code;
    private final String reason;

    Closing(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    void close(SocketConnection connection) {
        connection.close(code, reason);
    }

    /** With so much time for a client that has something to read before the close frame. */
    void close(SocketConnection connection, Duration patience) {
        connection.close(code, reason, patience);
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
