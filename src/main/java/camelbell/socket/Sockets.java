package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the route says that happened: a socket was opened, something came from it, it was closed. */
@Component("sockets")
class Sockets {

    private static final Logger log = LoggerFactory.getLogger(Sockets.class);

    private final Sessions sessions;
    private final CatchUpDispatcher dispatcher;
    private final ClientFrames clientFrames;
    private final SocketProperties properties;
    private final CatchUpCount count;
    private volatile boolean stopping;

    Sockets(
            Sessions sessions,
            CatchUpDispatcher dispatcher,
            ClientFrames clientFrames,
            SocketProperties properties,
            CatchUpCount count) {
        this.count = count;
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.clientFrames = clientFrames;
        this.properties = properties;
    }

    /**
     * A handshake has succeeded. The greeting follows from the person's worker.
     *
     * @param expires when the token ends, in seconds of the epoch
     * @param since the newest seq that the client has, as it said it; null when it said nothing
     */
    public void opened(SocketConnection connection, long person, long expires, @Nullable String since) {
        Progress progress = new Progress(properties.replayLimit(), since == null ? null : Progress.seq(since));
        Session session = new Session(connection, person, Instant.ofEpochSecond(expires), progress);
        if (stopping) {
            Closing.RESTART.close(connection);
        } else if (sessions.add(session)) {
            log.debug("socket opened person={} connection={}", person, connection.key());
            if (since != null) {
                count.resumed();
            }
            dispatcher.wake(List.of(person));
        } else {
            log.info("socket refused person={} limit={}", person, properties.connectionsPerPerson());
            Closing.TOO_MANY.close(connection);
        }
    }

    /**
     * The text to be sent back, once it is known; empty for none, as Camel keeps the message that came where null comes
     * later. What comes from a socket that is not open (any more) is dropped.
     */
    public CompletableFuture<String> received(String key, @Nullable String text) {
        Session session = sessions.byKey(key);
        if (session == null) {
            return CompletableFuture.completedFuture("");
        }
        String frame = text == null ? "null" : text; // as Camel hands over "null"
        return clientFrames.answer(session, frame).thenApply(answer -> answer.map(Frames::text)
                .orElse(""));
    }

    public void closed(String key) {
        sessions.remove(key);
    }

    /** From now on every new socket is closed at once. */
    void stopOpening() {
        stopping = true;
    }
}
