package camelbell.log;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.NotificationStatus;
import camelbell.model.Policy;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down how attempts ended: the log's status, and the work's end or its next date. */
@Component("settlement")
class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final NotificationRows notifications;
    private final DeliveryRows deliveries;
    private final Room room;
    private final Policy policy;

    Settlement(NotificationRows notifications, DeliveryRows deliveries, Room room, Policy policy) {
        this.notifications = notifications;
        this.deliveries = deliveries;
        this.room = room;
        this.policy = policy;
    }

    /**
     * Settles a batch in the caller's transaction and answers what producers are told of it. Doing it twice changes
     * nothing: only PENDING rows are moved.
     */
    public List<StatusReport> settle(List<Attempt> attempts) {
        List<Settled> settled = new ArrayList<>();
        List<Long> postponed = new ArrayList<>();
        List<Instant> dueAt = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Settled end = end(attempt);
            if (end == null) {
                postponed.add(attempt.delivery().notificationId());
                dueAt.add(attempt.at().plus(nextWait(attempt)));
            } else {
                settled.add(end);
            }
        }
        Set<Long> moved = notifications.settle(settled);
        deliveries.delete(settled.stream().map(Settled::notification).toList());
        deliveries.postpone(postponed, dueAt);
        return reports(attempts, settled, moved);
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
                Change change = Change.of(
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

    /** Gives the places in memory back, once the batch is committed. */
    public void leave(List<Attempt> attempts) {
        attempts.forEach(attempt -> leave(attempt.delivery()));
    }

    /** Gives one place back without a word in the log: the lease ran out, and whoever claims the row sends it. */
    public void leave(Delivery delivery) {
        room.giveBack(delivery.channel().code(), 1);
    }

    /** The end of the delivery, or null when it is to be tried again. */
    private @Nullable Settled end(Attempt attempt) {
        long id = attempt.delivery().notificationId();
        // an exhaustive switch over the sealed outcomes, once the language level allows patterns there (Java 21)
        if (attempt.outcome() instanceof Sent sent) {
            return new Settled(id, NotificationStatus.SENT, null, sent.providerId(), attempt.at());
        } else if (attempt.outcome() instanceof FailedForGood failed) {
            return failed(attempt, failed.reason());
        } else if (attempt.outcome() instanceof Skipped skipped) {
            return new Settled(id, NotificationStatus.SKIPPED, skipped.reason(), null, null);
        } else if (attempt.outcome() instanceof FailedForNow failed && !triesLeft(attempt)) {
            return failed(
                    attempt,
                    failed.reason() + "; gave up after attempt "
                            + attempt.delivery().attempt());
        }
        return null;
    }

    private static Settled failed(Attempt attempt, String reason) {
        LOG.info(
                "delivery failed notification={} channel={} attempt={} reason={}",
                attempt.delivery().notificationId(),
                attempt.delivery().channel().code(),
                attempt.delivery().attempt(),
                reason);
        return new Settled(attempt.delivery().notificationId(), NotificationStatus.FAILED, reason, null, null);
    }

    private boolean triesLeft(Attempt attempt) {
        return attempt.delivery().attempt() <= waits(attempt).size();
    }

    /** The schedule's wait, give or take a fifth; the provider's wish within the wait and its double. */
    private Duration nextWait(Attempt attempt) {
        Duration step = waits(attempt).get(attempt.delivery().attempt() - 1);
        if (attempt.outcome() instanceof FailedForNow failed && failed.notBefore() != null) {
            Duration wish = failed.notBefore();
            Duration most = step.multipliedBy(2);
            return wish.compareTo(most) > 0 ? most : wish.compareTo(step) > 0 ? wish : step;
        }
        return Duration.ofMillis(
                (long) (step.toMillis() * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }

    private List<Duration> waits(Attempt attempt) {
        return policy.retries().getOrDefault(attempt.delivery().channel().code(), List.of());
    }
}
