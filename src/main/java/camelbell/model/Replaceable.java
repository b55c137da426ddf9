package camelbell.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A table that is replaced as a whole.
 *
 * @param <T> the table, which never changes by itself
 */
public final class Replaceable<T> implements Current<T> {

    private final List<BiConsumer<T, T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T now;

    public Replaceable(T first) {
        this.now = first;
    }

    @Override
    public T now() {
        return now;
    }

    @Override
    public void whenReplaced(BiConsumer<T, T> told) {
        listeners.add(told);
    }

    /** For one thread at a time. */
    public void replace(T next) {
        T before = now;
        now = next;
        listeners.forEach(listener -> listener.accept(before, next));
    }
}
