package camelbell.model;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of work that have database connections of their own, so that none of them can take those of another. A kind
 * belongs to a thread while it works: who lets work in says it, and what is called from there takes it over.
 */
public enum Budget {
    /** Ticket events and the directory, up to the commit. */
    INTAKE,
    /** Everything that goes on afterwards and by itself: claims, outcomes, the outbox, receipts, retention. */
    WORK,
    /** REST: people, operators, unsubscribe pages. */
    API,
    /** WebSockets, handshakes, and the check of every token. */
    SOCKETS,
    /** Looks at health and metrics: few and short, and they must never wait for the others. */
    HEALTH;

    private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

    /** The kind of what this thread does, or null when nobody has said it. */
    public static @Nullable Budget current() {
        return CURRENT.get();
    }

    /** Works as this kind, unless the thread is at work already: then as what it was. */
    public <T extends @Nullable Object> T get(Supplier<T> work) {
        Scope scope = open();
        try {
            return work.get();
        } finally {
            scope.close();
        }
    }

    /** The same for work without a result. */
    public void run(Runnable work) {
        get(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** The same for work that throws what it likes; to be closed on the same thread. */
    public Scope open() {
        if (CURRENT.get() != null) {
            return () -> {};
        }
        CURRENT.set(this);
        return CURRENT::remove;
    }

    /** While the thread works as this kind. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
