package camelbell.log;

import camelbell.model.Attempt;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Outcomes that cannot be written while another session has their rows locked. They are parted from the others, which
 * would wait with them, and written a little later; nobody sends such a delivery again meanwhile.
 */
@Component("heldOutcomes")
class HeldOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(HeldOutcomes.class);

    private final JdbcClient jdbc;
    private final DeliveryRows deliveries;
    private final DeliveryProperties properties;
    private final Clock clock;

    HeldOutcomes(JdbcClient jdbc, DeliveryRows deliveries, DeliveryProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Outcomes, parted.
     *
     * @param free whose rows are locked for the caller's transaction
     * @param held whose rows somebody else has locked
     */
    public record Parting(List<Attempt> free, List<Attempt> held) {}

    /** Locks the rows of those that nobody else has locked; the leases of the others last longer from then on. */
    public Parting part(List<Attempt> attempts) {
        Set<Long> locked = lockedElsewhere(
                attempts.stream().map(HeldOutcomes::notification).sorted().toArray(Long[]::new));
        List<Attempt> free = new ArrayList<>(attempts);
        free.removeIf(attempt -> locked.contains(notification(attempt)));
        if (locked.isEmpty()) {
            return new Parting(free, List.of());
        }
        LOG.warn(
                "outcomes put off notifications={} first={}: another session has locked them; they are written when they"
                        + " are free, and nothing is sent again",
                locked.size(),
                locked.iterator().next());
        deliveries.prolong(locked, clock.instant().plus(properties.lease()));
        return new Parting(
                free,
                attempts.stream()
                        .filter(attempt -> locked.contains(notification(attempt)))
                        .toList());
    }

    /** Locks the others, in the order that all use. */
    private Set<Long> lockedElsewhere(Long[] notifications) {
        return new HashSet<>(jdbc.sql(
                        """
                        WITH log AS (
                            SELECT id FROM notification_log WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED),
                        work AS (
                            SELECT notification_id AS id FROM delivery WHERE notification_id = ANY(:ids)
                            ORDER BY notification_id FOR UPDATE SKIP LOCKED)
                        SELECT id FROM notification_log WHERE id = ANY(:ids) AND id NOT IN (SELECT id FROM log)
                        UNION
                        SELECT notification_id FROM delivery
                        WHERE notification_id = ANY(:ids) AND notification_id NOT IN (SELECT id FROM work)
                        """)
                .param("ids", notifications)
                .query(Long.class)
                .list());
    }

    private static Long notification(Attempt attempt) {
        return attempt.delivery().notificationId();
    }
}
