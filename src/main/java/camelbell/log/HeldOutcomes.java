package camelbell.log;

import camelbell.model.Attempt;
import camelbell.model.DeliveryOutcome.Sent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param free that can be written now: the rows are locked for the caller's transaction
     * @param held of whose rows somebody else has locked one; what was sent, and only its delivery is locked, is both
     */
    public record Parting(List<Attempt> free, List<Attempt> held) {}

    /** Locks the rows of those that nobody else has locked; the leases of the others last longer from then on. */
    public Parting part(List<Attempt> attempts) {
        Map<Long, Boolean> locked = lockedElsewhere(
                attempts.stream().map(HeldOutcomes::notification).toArray(Long[]::new));
        if (locked.isEmpty()) {
            return new Parting(attempts, List.of());
        }
        LOG.warn(
                "outcomes put off notifications={} first={}: another session has locked them; they are written when they"
                        + " are free, and nothing is sent again",
                locked.size(),
                locked.keySet().iterator().next());
        deliveries.prolong(locked.keySet(), clock.instant().plus(properties.lease()));
        return new Parting(
                attempts.stream()
                        .filter(attempt -> !locked.containsKey(notification(attempt))
                                || (attempt.outcome() instanceof Sent && !locked.get(notification(attempt))))
                        .toList(),
                attempts.stream()
                        .filter(attempt -> locked.containsKey(notification(attempt)))
                        .toList());
    }

    /** Locks the others, in the order that all use. The value says whether it is the notification that is locked. */
    private Map<Long, Boolean> lockedElsewhere(Long[] notifications) {
        Map<Long, Boolean> locked = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        WITH log AS (
                            SELECT id FROM notification_log WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED),
                        work AS (
                            SELECT notification_id AS id FROM delivery WHERE notification_id = ANY(:ids)
                            ORDER BY notification_id FOR UPDATE SKIP LOCKED)
                        SELECT id, true AS log FROM notification_log WHERE id = ANY(:ids) AND id NOT IN (SELECT id FROM log)
                        UNION ALL
                        SELECT notification_id, false FROM delivery
                        WHERE notification_id = ANY(:ids) AND notification_id NOT IN (SELECT id FROM work)
                        """)
                .param("ids", notifications)
                .query(row -> {
                    locked.merge(row.getLong("id"), row.getBoolean("log"), Boolean::logicalOr);
                });
        return locked;
    }

    private static Long notification(Attempt attempt) {
        return attempt.delivery().notificationId();
    }
}
