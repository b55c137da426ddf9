package camelbell.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has been sent, as the seq of its owner's inbox: everything after {@code start} up to {@code sent},
 * each once and in order, plus older ranges that the client asked for by resuming. Used by one thread at a time.
 */
final class Progress {

    /** Stands for something that cannot be a seq: the answer to it is a resync. */
    static final long UNUSABLE = -1;

    private final int replayLimit;
    private final @Nullable Long since;
    private final Deque<SeqRange> replays = new ArrayDeque<>();
    private @Nullable Long wish;
    private boolean begun;
    private long start;
    private long sent;
    private Map<String, Long> unread = Map.of();

    /**
     * @param since the newest seq that the client has, negative when it said something that is none, null when it did
     *     not say
     */
    Progress(int replayLimit, @Nullable Long since) {
        this.replayLimit = replayLimit;
        this.since = since;
    }

    /** The seq that a client names, or {@link #UNUSABLE}. */
    static long seq(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : UNUSABLE;
    }

    boolean begun() {
        return begun;
    }

    /** Sets out from {@code since}, or from the newest row. True when the client has to load by REST instead. */
    boolean begin(Inbox inbox) {
        begun = true;
        unread = inbox.unread();
        boolean replayable = since != null && reaches(since, inbox.lastSeq(), inbox);
        start = replayable && since != null ? since : inbox.lastSeq();
        sent = start;
        return since != null && !replayable;
    }

    /** Keeps a wish to resume until {@link #resume}; of several the furthest back counts. */
    void wish(long seq) {
        wish = wish == null ? seq : Math.min(wish, seq);
    }

    /** Takes up the wish, if there is one. True when the client has to load by REST instead. */
    boolean resume(Inbox inbox) {
        Long seq = wish;
        wish = null;
        if (seq == null || (seq >= start && seq <= inbox.lastSeq())) {
            return false;
        }
        if (!reaches(seq, start, inbox)) {
            replays.clear();
            sent = Math.max(sent, inbox.lastSeq());
            return true;
        }
        replays.addFirst(new SeqRange(0, seq, start));
        start = seq;
        return false;
    }

    private boolean reaches(long seq, long upTo, Inbox inbox) {
        return seq >= 0 && seq <= inbox.lastSeq() && upTo - seq <= replayLimit;
    }

    /** What is to be sent next, or null when the client has everything. */
    @Nullable
    SeqRange next(long person, Inbox inbox) {
        SeqRange replay = replays.peekFirst();
        if (replay != null) {
            return new SeqRange(person, replay.after(), replay.upTo()).atMost(replayLimit);
        }
        return sent < inbox.lastSeq() ? new SeqRange(person, sent, inbox.lastSeq()).atMost(replayLimit) : null;
    }

    /** Everything of the range named last by {@link #next} has been sent up to this seq. */
    void sentUpTo(long seq) {
        SeqRange replay = replays.pollFirst();
        if (replay == null) {
            sent = seq;
        } else if (seq < replay.upTo()) {
            replays.addFirst(new SeqRange(0, seq, replay.upTo()));
        }
    }

    /** Whether the client knows of other counts than these. */
    boolean unreadIsNews(Inbox inbox) {
        return !unread.equals(inbox.unread());
    }

    /** The client knows these counts. */
    void unreadTold(Inbox inbox) {
        unread = inbox.unread();
    }
}
