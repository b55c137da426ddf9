package camelbell.log;

import camelbell.model.Attempt;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Deliveries of which this node knows how they ended, and has not been able to write it down yet. While the database is
 * away their leases run out; when it is back they must not be claimed before the outcome is written, or they are sent
 * again although nothing about them is unknown.
 */
@Component("unwrittenOutcomes")
class UnwrittenOutcomes {

    private final Set<Long> notifications = ConcurrentHashMap.newKeySet();

    public void add(Attempt attempt) {
        notifications.add(attempt.delivery().notificationId());
    }

    /** Once they are written. */
    void remove(Collection<Attempt> attempts) {
        attempts.forEach(attempt -> notifications.remove(attempt.delivery().notificationId()));
    }

    Set<Long> notifications() {
        return Set.copyOf(notifications);
    }
}
