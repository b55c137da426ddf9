package camelbell.runtime.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that have not been answered with success yet. There are so many in all and a tenth of them from each address. Where
 * there is no place left, the oldest one goes on which no request is under way, of the address in question or of the one that has
 * most: silent ones never keep out somebody who asks.
 */
final class Newcomers {

    private static final Logger log = LoggerFactory.getLogger(Newcomers.class);

    /** An address' share is no smaller than what one browser opens to a host. */
    private static final int FEWEST = 6;

    private static final int SHARE = 10;

    private final int limit;
    private final int share;
    private final Map<String, Set<Newcomer>> addresses = new HashMap<>();
    private int count;

    Newcomers(int limit) {
        this.limit = limit;
        this.share = Math.max(FEWEST, limit / SHARE);
    }

    /** One of them, until it is served or has gone. */
    static final class Newcomer {

        private final String address;
        private final boolean isProxy;
        private final BooleanSupplier busy;
        private final Runnable close;
        private boolean here;

        private Newcomer(String address, boolean isProxy, BooleanSupplier busy, Runnable close) {
            this.address = address;
            this.isProxy = isProxy;
            this.busy = busy;
            this.close = close;
        }
    }

    /**
     * A place for one more, which another one may have to leave for it.
     *
     * @param isProxy of a trusted proxy, which speaks for many, has no share and never has to go
     * @param busy whether a request is under way on it; asked on any thread
     * @param close ends it; on any thread
     * @return null when there is no place
     */
    @Nullable
    Newcomer enter(String address, boolean isProxy, BooleanSupplier busy, Runnable close) {
        Newcomer newcomer = new Newcomer(address, isProxy, busy, close);
        Newcomer gives = null;
        synchronized (this) {
            Set<Newcomer> own = addresses.getOrDefault(address, Set.of());
            boolean hasShare = !isProxy && own.size() >= share;
            if (hasShare || count >= limit) {
                gives = oldestIdle(hasShare ? own : largest());
                if (gives == null) {
                    return null;
                }
                leave(gives);
            }
            addresses.computeIfAbsent(address, first -> new LinkedHashSet<>()).add(newcomer);
            newcomer.here = true;
            count++;
        }
        if (gives != null) {
            log.warn("connections closed for newer ones kind=new-connections limit={} of-one-address={}", limit, share);
            gives.close.run();
        }
        return newcomer;
    }

    /** It is served, or has gone. */
    synchronized void leave(Newcomer newcomer) {
        if (newcomer.here) {
            newcomer.here = false;
            count--;
            Set<Newcomer> own = addresses.getOrDefault(newcomer.address, Set.of());
            own.remove(newcomer);
            if (own.isEmpty()) {
                addresses.remove(newcomer.address);
            }
        }
    }

    synchronized int count() {
        return count;
    }

    private Set<Newcomer> largest() {
        Set<Newcomer> most = Set.of();
        for (Set<Newcomer> own : addresses.values()) {
            if (own.size() > most.size() && !own.iterator().next().isProxy) {
                most = own;
            }
        }
        return most;
    }

    private static @Nullable Newcomer oldestIdle(Set<Newcomer> of) {
        return of.stream()
                .filter(one -> !one.isProxy && !one.busy.getAsBoolean())
                .findFirst()
                .orElse(null);
    }
}
