package camelbell.channel.mail;

import camelbell.channel.Deadlines;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the connection that an attempt uses when its time is up. A socket's own time-outs begin anew with every byte,
 * so a server that drips could hold a thread for ever.
 */
final class AttemptDeadline implements AutoCloseable {

    private static final ThreadLocal<@Nullable AttemptDeadline> CURRENT = new ThreadLocal<>();

    private final ScheduledFuture<?> alarm;
    private @Nullable Socket socket;
    private boolean over;

    /** For whatever this thread connects to until it is closed. */
    AttemptDeadline(Duration longest) {
        alarm = Deadlines.TIMER.schedule(this::expire, longest.toMillis(), TimeUnit.MILLISECONDS);
        CURRENT.set(this);
    }

    /** The current attempt, if this thread has one, now depends on this socket. */
    static void watch(Socket socket) {
        AttemptDeadline current = CURRENT.get();
        if (current != null) {
            current.use(socket);
        }
    }

    /** The socket that the current attempt has opened or taken. */
    static Socket watched() {
        AttemptDeadline current = CURRENT.get();
        if (current == null || current.socket == null) {
            throw new IllegalStateException("no socket was opened in this attempt");
        }
        return current.socket;
    }

    synchronized boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        alarm.cancel(false);
        CURRENT.remove();
    }

    private synchronized void use(Socket used) {
        socket = used;
        if (over) {
            cut(used);
        }
    }

    private synchronized void expire() {
        over = true;
        if (socket != null) {
            cut(socket);
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more, closed or not
        }
    }
}
