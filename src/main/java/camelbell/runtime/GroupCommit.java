package camelbell.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Group commit: lists that are brought to a route while one transaction runs are stored together in the next one, and
 * each caller goes on once that has committed. For small calls that come many at a time, such as Meta's receipts: one per
 * call, three per message; with a transaction for each they would cost more than the messages. A call that comes alone
 * does not wait for company.
 */
@Component("groupCommit")
class GroupCommit {

    private final Parted parted;
    private final long patience;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();

    /** A call waits for its turn as many milliseconds as it would for a connection; callers are threads that others need. */
    GroupCommit(Parted parted, @Value("${spring.datasource.hikari.connection-timeout}") long patience) {
        this.parted = parted;
        this.patience = patience;
    }

    /**
     * Returns when these items are stored, by the route that starts there and takes a list in one transaction, or, an item
     * whose content the database refuses, put aside by the other route. Errors: what the first route fails with, some of
     * the items may be stored then; {@link QueryTimeoutException} when the transactions before did not end in time, it is
     * not known then whether these are stored.
     */
    public void through(String route, String aside, List<?> items) {
        if (!items.isEmpty()) {
            group(route, aside).store(items);
        }
    }

    /** Calls that are not under way yet. */
    int waiting(String route) {
        Group group = groups.get(route);
        return group == null ? 0 : group.waiting.size();
    }

    private Group group(String route, String aside) {
        return groups.computeIfAbsent(route, name -> new Group(name, aside));
    }

    /** The calls of one route. Whoever has the turn stores for all who wait. */
    private final class Group {

        /** Items past which no further call joins a transaction. */
        private static final int FULL = 1000;

        private final String route;
        private final String aside;
        private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
        private final ReentrantLock turn = new ReentrantLock();

        Group(String route, String aside) {
            this.route = route;
            this.aside = aside;
        }

        void store(List<?> items) {
            Call call = new Call(items);
            waiting.add(call);
            if (!isMyTurn()) {
                waiting.remove(call);
                throw new QueryTimeoutException("No turn to store " + items.size() + " items through " + route
                        + " within " + patience + " ms: the transaction before them has not ended");
            }
            try {
                while (!call.taken) {
                    storeTogether(next());
                }
            } finally {
                turn.unlock();
            }
            if (!call.stored) {
                throw call.failure == null ? new IllegalStateException("The transaction broke off") : call.failure;
            }
        }

        private boolean isMyTurn() {
            try {
                return turn.tryLock(patience, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private List<Call> next() {
            List<Call> calls = new ArrayList<>();
            int items = 0;
            for (Call call = waiting.poll(); call != null; call = items < FULL ? waiting.poll() : null) {
                call.taken = true;
                calls.add(call);
                items += call.items.size();
            }
            return calls;
        }

        private void storeTogether(List<Call> calls) {
            RuntimeException failure =
                    attempt(calls.stream().flatMap(call -> call.items.stream()).toList());
            calls.forEach(call -> call.end(failure));
        }

        private @Nullable RuntimeException attempt(List<?> items) {
            try {
                parted.through(route, aside, items);
                return null;
            } catch (RuntimeException e) {
                return e;
            }
        }
    }

    /** One call. Its fields are read and written by whoever has the turn. */
    private static final class Call {

        private final List<?> items;
        private boolean taken;
        private boolean stored;
        private @Nullable RuntimeException failure;

        Call(List<?> items) {
            this.items = items;
        }

        void end(@Nullable RuntimeException with) {
            failure = with;
            stored = with == null;
        }
    }
}
