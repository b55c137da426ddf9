package camelbell.store;

import camelbell.model.Plan.Notice;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The counters' row locks, which a recording should not wait for without end: a session that stands still in the middle of
 * a transaction would hold up everybody's events. Within the caller's transaction.
 */
@Component
class InboxLocks {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MOST_REMEMBERED = 100_000;

    private final Cache<Long, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final JdbcClient jdbc;
    private final InboxCounters counters;
    private final String patience;

    InboxLocks(JdbcClient jdbc, InboxCounters counters, DeliveryProperties properties) {
        this.jdbc = jdbc;
        this.counters = counters;
        this.patience = properties.lockWait().toMillis() + "ms";
    }

    /** How long a recording waits for a lock, as PostgreSQL wants it. */
    String patience() {
        return patience;
    }

    /** From now on no lock is waited for longer than that, until the transaction ends. */
    void bound() {
        jdbc.sql("SELECT set_config('lock_timeout', ?, true)")
                .param(patience)
                .query(String.class)
                .single();
    }

    /** Whether somebody is among them whose counters were held a moment ago: then it is better not to wait for them. */
    boolean expectHeld(Stream<Notice> notices) {
        return lately.estimatedSize() > 0
                && notices.anyMatch(
                        notice -> lately.getIfPresent(notice.recipient().id()) != null);
    }

    /**
     * Locks the counters of those whom the notices mean, in the order that all use but without waiting, and answers
     * whose could not be locked. Who has no counters yet has nobody who holds them.
     *
     * @param without people who are not looked at
     */
    Set<Long> held(Collection<Notice> notices, Set<Long> without) {
        Long[] people =
                listed(notices, without).map(notice -> notice.recipient().id()).toArray(Long[]::new);
        String[] channels =
                listed(notices, without).map(notice -> notice.channel().code()).toArray(String[]::new);
        Set<Long> held = counters.held(people, channels);
        held.forEach(person -> lately.put(person, true));
        return held;
    }

    private static Stream<Notice> listed(Collection<Notice> notices, Set<Long> without) {
        return notices.stream()
                .filter(notice -> notice.skipped() == null)
                .filter(notice -> !without.contains(notice.recipient().id()));
    }
}
