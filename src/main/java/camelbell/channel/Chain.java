package camelbell.channel;

import jakarta.mail.MessagingException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception with its causes and, for mail, those that the library chains beside them. */
public final class Chain {

    private final Set<Throwable> links = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Throwable> inOrder = new ArrayDeque<>();

    public Chain(Throwable first) {
        add(first);
    }

    public Throwable first() {
        return inOrder.getFirst();
    }

    public <T> @Nullable T find(Class<T> type) {
        return inOrder.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    public List<Throwable> links() {
        return List.copyOf(inOrder);
    }

    private void add(@Nullable Throwable link) {
        if (link == null || !links.add(link)) {
            return;
        }
        inOrder.add(link);
        if (link instanceof MessagingException messaging) {
            add(messaging.getNextException());
        }
        add(link.getCause());
    }
}
