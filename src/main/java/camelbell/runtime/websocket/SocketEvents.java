package camelbell.runtime.websocket;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one connection that wait for the one under way. A client that says more than the route takes is not read
 * from meanwhile. Used by the connection's event loop; each event may end on any thread.
 */
final class SocketEvents {

    private static final int WAITING = 16;

    private final Context loop;
    private final HubSocket socket;
    private final @Nullable String user;
    private final Queue<SocketEvent> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Has to say when it has ended. */
    interface SocketEvent {
        void begin(Runnable ended);
    }

    /** @param user id of whose connection it is; null where nobody was asked for it */
    SocketEvents(Context loop, HubSocket socket, @Nullable String user) {
        this.loop = loop;
        this.socket = socket;
        this.user = user;
    }

    @Nullable
    String user() {
        return user;
    }

    HubSocket socket() {
        return socket;
    }

    void add(SocketEvent event) {
        waiting.add(event);
        if (waiting.size() == WAITING) {
            socket.hold(SocketValve.PauseReason.EVENTS_WAIT, true);
        }
        next();
    }

    private void next() {
        SocketEvent event = busy ? null : waiting.poll();
        if (event != null) {
            busy = true;
            event.begin(() -> loop.runOnContext(ended -> {
                busy = false;
                next();
            }));
        } else if (waiting.isEmpty()) {
            socket.hold(SocketValve.PauseReason.EVENTS_WAIT, false);
        }
    }
}
