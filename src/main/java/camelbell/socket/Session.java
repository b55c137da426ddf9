package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection and its owner. The methods that send belong to the owner's worker, one thread at a time; the others may
 * be called from any thread.
 */
final class Session {

    /** How a connection stands after a pass. */
    enum SessionState {
        CURRENT,
        MORE_TO_SEND,
        WAITING_FOR_READER
    }

    private static final long NO_WISH = Long.MAX_VALUE;

    private final SocketConnection connection;
    private final long person;
    private final Progress progress;
    private final AtomicLong wish = new AtomicLong(NO_WISH);
    private volatile Instant expiresAt;
    private Instant pingAt = Instant.MIN;
    private boolean countTold;

    Session(SocketConnection connection, long person, Instant expiresAt, Progress progress) {
        this.connection = connection;
        this.person = person;
        this.expiresAt = expiresAt;
        this.progress = progress;
    }

    SocketConnection connection() {
        return connection;
    }

    long person() {
        return person;
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** A new token was shown: the connection lives as long as it. */
    void renew(Instant until) {
        expiresAt = until;
    }

    /** Heartbeat: whether it is time for a ping, the first one an interval after the first question. */
    boolean pingDue(Instant now, Duration interval) {
        boolean due = !now.isBefore(pingAt) && !pingAt.equals(Instant.MIN);
        if (due || pingAt.equals(Instant.MIN)) {
            pingAt = now.plus(interval);
        }
        return due;
    }

    /** The client wants what came after this seq; of several wishes the furthest back counts. */
    void wantSince(long seq) {
        wish.accumulateAndGet(seq, Math::min);
    }

    /** Worker: takes up what the client wished, before the inbox is read that the wish is held against. */
    void noteWish() {
        long seq = wish.getAndSet(NO_WISH);
        if (seq != NO_WISH) {
            progress.wish(seq);
        }
    }

    /** Worker: greets a new client, and answers a wish to resume that cannot be fulfilled. True when it had to resync. */
    boolean greet(Inbox inbox, String username) {
        boolean resync = false;
        if (!progress.begun()) {
            connection.send(Frames.text(new Frame.Greeting(username, person, inbox)));
            connection.listen();
            resync = progress.begin(inbox);
        }
        resync |= progress.resume(inbox);
        if (resync) {
            connection.send(Frames.text(new Frame.Resync()));
        }
        return resync;
    }

    /** Worker: what is to be sent next; null when that is nothing, or the reader is not ready for it. */
    @Nullable
    SeqRange wanted(Inbox inbox) {
        SeqRange next = progress.next(person, inbox);
        return next != null && connection.hasCapacity() ? next : null;
    }

    /** Worker: sends the rows of a range, as far as the reader takes them. */
    void deliver(SeqRange range, List<InboxItem> rows, Function<InboxItem, String> frame) {
        for (InboxItem row : rows) {
            if (!connection.hasCapacity()) {
                return;
            }
            connection.send(frame.apply(row));
            progress.sentUpTo(row.seq());
            countTold = true;
        }
        if (rows.isEmpty() || rows.get(rows.size() - 1).seq() < range.upTo()) {
            progress.sentUpTo(range.upTo());
        }
    }

    /** Worker: says how many are unread, when that has changed and no notification has just said it. */
    void tellUnread(Inbox inbox) {
        if (countTold) {
            progress.unreadTold(inbox);
        } else if (progress.unreadIsNews(inbox) && connection.hasCapacity()) {
            connection.send(Frames.text(new Frame.Unread(inbox)));
            progress.unreadTold(inbox);
        }
        countTold = false;
    }

    /** Worker: what this connection needs now. */
    SessionState state(Inbox inbox) {
        if (progress.next(person, inbox) == null && !progress.unreadIsNews(inbox)) {
            return SessionState.CURRENT;
        }
        return connection.hasCapacity() ? SessionState.MORE_TO_SEND : SessionState.WAITING_FOR_READER;
    }
}
