package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Unknown;
import camelbell.model.NotificationStatus;
import camelbell.model.RetryPolicies;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes down how attempts ended: the log's status, and the work's end or its next date. */
@Component("settlement")
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private static final Duration PUT_OFF = Duration.ofSeconds(1);

    private final NotificationRows notifications;
    private final InboxCounters counters;
    private final DeliveryRows deliveries;
    private final ChannelCapacity capacity;
    private final Current<RetryPolicies> policies;
    private final OutcomeCount count;
    private final UnwrittenOutcomes unwritten;

    Settlement(
            NotificationRows notifications,
            InboxCounters counters,
            DeliveryRows deliveries,
            ChannelCapacity capacity,
            Current<RetryPolicies> policies,
            OutcomeCount count,
            UnwrittenOutcomes unwritten) {
        this.notifications = notifications;
        this.counters = counters;
        this.deliveries = deliveries;
        this.capacity = capacity;
        this.policies = policies;
        this.count = count;
        this.unwritten = unwritten;
    }

    /**
     * Settles a batch in the caller's transaction and answers what producers are told of it. Doing it twice changes
     * nothing: only PENDING rows are moved, and only what the same claim still holds is postponed.
     */
    public List<StatusReport> settle(List<Attempt> attempts) {
        Map<Long, Integer> unknownBefore = unknownBefore(attempts);
        RetryPolicies table = policies.now();
        List<Settled> settled = new ArrayList<>();
        List<Postponed> postponed = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Delivery delivery = attempt.delivery();
            int before = unknownBefore.getOrDefault(delivery.notificationId(), 0);
            Next next = new RetryDecision(attempt, table.of(delivery.channel()), before).next();
            if (next instanceof Postponed again) {
                postponed.add(again);
            } else if (next instanceof Settled end) {
                settled.add(end);
                tellFailure(end, delivery);
            }
        }
        postponed.addAll(putOff(attempts, settled));
        Set<Long> moved = notifications.settle(settled);
        deliveries.delete(settled.stream().map(Settled::notification).toList());
        deliveries.postpone(postponed);
        return reports(attempts, settled, moved);
    }

    /**
     * Whoever's inbox somebody else holds cannot be skipped now, for the inbox counts what is listed. They are taken out,
     * and looked at again a little later, so that the others' outcomes do not wait for them.
     */
    private List<Postponed> putOff(List<Attempt> attempts, List<Settled> settled) {
        Set<Long> held = counters.heldOf(settled.stream()
                .filter(Settled::skipped)
                .map(Settled::notification)
                .toList());
        settled.removeIf(end -> held.contains(end.notification()));
        return attempts.stream()
                .filter(attempt -> held.contains(attempt.delivery().notificationId()))
                .map(attempt -> Postponed.of(attempt.delivery(), attempt.at().plus(PUT_OFF))
                        .uncounted("INBOX_LOCKED"))
                .toList();
    }

    private static List<StatusReport> reports(List<Attempt> attempts, List<Settled> settled, Set<Long> moved) {
        Map<Long, Settled> ends = new HashMap<>();
        settled.stream()
                .filter(end -> moved.contains(end.notification()))
                .forEach(end -> ends.put(end.notification(), end));
        List<StatusReport> reports = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Delivery delivery = attempt.delivery();
            Settled end = ends.remove(delivery.notificationId());
            if (end != null) {
                StatusChange change = StatusChange.of(
                        end.status(),
                        end.notification(),
                        delivery.recipient().id(),
                        delivery.channel().code(),
                        end.reason());
                reports.add(StatusReport.on(delivery.event(), attempt.at(), List.of(change)));
            }
        }
        return reports;
    }

    /** The same outcomes without any word of a provider's, for a database that refuses the words. */
    public List<Attempt> bare(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> new Attempt(attempt.delivery(), Bare.of(attempt.outcome()), attempt.at()))
                .toList();
    }

    /** Ends the work of what may have been sent; what was not is tried again after its lease. */
    @Transactional
    public void end(List<Attempt> attempts) {
        deliveries.delete(attempts.stream()
                .filter(attempt -> attempt.outcome() instanceof Sent || attempt.outcome() instanceof Unknown)
                .map(attempt -> attempt.delivery().notificationId())
                .toList());
    }

    /** Gives the places in memory back, once the batch is committed; not those of outcomes that are still to be written. */
    public void leave(List<Attempt> attempts, List<Attempt> held) {
        Set<Delivery> stay = held.stream().map(Attempt::delivery).collect(Collectors.toSet());
        Map<String, Integer> made = new HashMap<>();
        attempts.stream().filter(attempt -> !stay.contains(attempt.delivery())).forEach(attempt -> {
            leave(attempt.delivery());
            count.add(attempt);
            if (!(attempt.outcome() instanceof NotBegun)) {
                made.merge(attempt.delivery().channel().code(), 1, Integer::sum);
            }
        });
        made.forEach(capacity::made);
    }

    /** Gives one place back without a word in the log: the lease ran out, and whoever claims the row sends it. */
    public void leave(Delivery delivery) {
        unwritten.remove(delivery);
        capacity.giveBack(delivery.channel().code(), 1);
    }

    private Map<Long, Integer> unknownBefore(List<Attempt> attempts) {
        List<Long> unknown = attempts.stream()
                .filter(attempt -> attempt.outcome() instanceof Unknown || attempt.outcome() instanceof Skipped)
                .map(attempt -> attempt.delivery().notificationId())
                .toList();
        return unknown.isEmpty() ? Map.of() : deliveries.unknownOutcomes(unknown);
    }

    /** Once it is true: a batch that is rolled back is settled again. */
    private static void tellFailure(Settled end, Delivery delivery) {
        if (end.status() == NotificationStatus.FAILED) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    LOG.info(
                            "delivery failed notification={} channel={} attempt={} reason={}",
                            end.notification(),
                            delivery.channel().code(),
                            delivery.attempt(),
                            end.reason());
                }
            });
        }
    }
}
