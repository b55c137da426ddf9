package camelbell.runtime.websocket;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a connection is read from: only while nothing speaks against it. What the client sends meanwhile waits in the
 * network, on the client's side in the end. The connection's event loop alone changes it.
 */
final class SocketValve {

    /** What speaks against reading. */
    enum PauseReason {
        /** It has not been greeted, and an answer must not come before that. */
        NOT_GREETED,
        /** What it said before is still being answered. */
        EVENTS_WAIT,
        /** It does not read what it is sent, and more answers would only wait. */
        UNREAD
    }

    private final Channel channel;
    private final Set<PauseReason> reasons = EnumSet.noneOf(PauseReason.class);
    private volatile boolean open = true;
    private volatile long openedAt = System.nanoTime();

    SocketValve(Channel channel) {
        this.channel = channel;
    }

    void set(PauseReason reason, boolean holds) {
        boolean changed = holds ? reasons.add(reason) : reasons.remove(reason);
        if (changed && reasons.isEmpty() != open) {
            openedAt = System.nanoTime();
            open = reasons.isEmpty();
            channel.config().setAutoRead(open);
        }
    }

    boolean isOpen() {
        return open;
    }

    /** When reading began, the last time; meaningless while it is shut. */
    long openedAt() {
        return openedAt;
    }
}
