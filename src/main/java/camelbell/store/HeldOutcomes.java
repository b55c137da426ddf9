package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Outcomes that cannot be written while another session has their rows locked. They are parted from the others, which
 * would wait with them, and written a little later; nobody sends such a delivery again meanwhile.
 */
@Component("heldOutcomes")
class HeldOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(HeldOutcomes.class);

    /** A lock of this many looks, a second each, is told: shorter ones are everyday life. */
    private static final int LOOKS = 3;

    private final Map<Long, Held> waiting = new ConcurrentHashMap<>();
    private final OutcomeLocks locks;
    private final DeliveryRows deliveries;
    private final DeliveryProperties properties;
    private final Clock clock;

    HeldOutcomes(OutcomeLocks locks, DeliveryRows deliveries, DeliveryProperties properties, Clock clock) {
        this.locks = locks;
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
        Map<Long, Boolean> locked =
                locks.take(attempts.stream().map(HeldOutcomes::notification).toArray(Long[]::new));
        if (locked.isEmpty()) {
            return new Parting(attempts, List.of());
        }
        deliveries.prolong(locked.keySet(), clock.instant().plus(properties.lease()));
        return new Parting(
                attempts.stream()
                        .filter(attempt -> !locked.containsKey(notification(attempt))
                                || (attempt.outcome() instanceof Sent
                                        && Boolean.FALSE.equals(locked.get(notification(attempt)))))
                        .toList(),
                attempts.stream()
                        .filter(attempt -> locked.containsKey(notification(attempt)))
                        .toList());
    }

    private record Held(Attempt attempt, int looks, boolean taken) {

        Held again(Attempt with) {
            return new Held(with, looks + 1, false);
        }

        Held take() {
            return new Held(attempt, looks, true);
        }
    }

    /** Keeps what is held for {@link #takeAll}; the others have been written. */
    public void keep(List<Attempt> attempts, List<Attempt> held) {
        held.forEach(attempt -> waiting.compute(
                notification(attempt),
                (id, before) -> before == null ? new Held(attempt, 1, false) : before.again(attempt)));
        if (waiting.isEmpty()) {
            return;
        }
        Set<Long> still = held.stream().map(HeldOutcomes::notification).collect(Collectors.toSet());
        attempts.stream()
                .map(HeldOutcomes::notification)
                .filter(id -> !still.contains(id))
                .forEach(waiting::remove);
        List<Long> told = waiting.entrySet().stream()
                .filter(one -> still.contains(one.getKey()) && one.getValue().looks() == LOOKS)
                .map(Map.Entry::getKey)
                .toList();
        if (!told.isEmpty()) {
            LOG.warn(
                    "outcomes put off notifications={} first={}: another session has locked them; they are written when"
                            + " they are free, and nothing is sent again",
                    told.size(),
                    told.get(0));
        }
    }

    /** Those that are not on their way already. */
    public List<Attempt> takeAll() {
        List<Attempt> all = new ArrayList<>();
        waiting.keySet()
                .forEach(id -> waiting.computeIfPresent(id, (same, one) -> {
                    if (!one.taken()) {
                        all.add(one.attempt());
                    }
                    return one.take();
                }));
        return all;
    }

    /** At a stop: the work of what may have been sent ends, so that no node sends it again. */
    @Transactional
    public void giveUp() {
        List<Long> sent = waiting.values().stream()
                .map(Held::attempt)
                .filter(attempt -> attempt.outcome() instanceof Sent || attempt.outcome() instanceof Unknown)
                .map(HeldOutcomes::notification)
                .toList();
        if (!sent.isEmpty()) {
            deliveries.delete(sent);
            LOG.error(
                    "outcomes not written before the stop notifications={}: another session has locked them; they are not"
                            + " sent again, and stay PENDING unless their provider tells of them",
                    sent);
        }
    }

    private static Long notification(Attempt attempt) {
        return attempt.delivery().notificationId();
    }
}
