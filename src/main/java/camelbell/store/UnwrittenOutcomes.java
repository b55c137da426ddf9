package camelbell.store;

import camelbell.model.Attempt;
import camelbell.model.AttemptPlaces;
import camelbell.model.Delivery;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Deliveries of which this node has taken up an attempt, and has not yet written down how it ended. While the database
 * is away their leases run out; when it is back they must not be claimed before the outcome is written, or they are sent
 * again although nothing about them is unknown. A crash forgets them, so each channel may have a bounded number only.
 */
@Component("unwrittenOutcomes")
class UnwrittenOutcomes implements AttemptPlaces {

    private static final long LOOK_FOR_STOP_EVERY_MS = 100;

    private final int most;
    private final ApplicationContext context;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    private final Map<Work, Boolean> hasPlace = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    UnwrittenOutcomes(DeliveryProperties properties, ApplicationContext context) {
        this.most = properties.unwritten();
        this.context = context;
    }

    @Override
    public boolean take(Delivery delivery) {
        Semaphore channel = places(delivery);
        try {
            while (!stopping) {
                if (channel.tryAcquire(LOOK_FOR_STOP_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    hold(delivery, channel);
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void hold(Delivery delivery, Semaphore channel) {
        if (Boolean.TRUE.equals(hasPlace.put(Work.of(delivery), true))) {
            channel.release(); // it has one already
        }
    }

    /** Also of a channel that asked for no place. */
    public void add(Attempt attempt) {
        hasPlace.putIfAbsent(Work.of(attempt.delivery()), false);
    }

    /** Once its outcome is written, or it is given up without one. */
    void remove(Delivery delivery) {
        if (Boolean.TRUE.equals(hasPlace.remove(Work.of(delivery)))) {
            places(delivery).release();
        }
    }

    /** Which must not be claimed. Whoever asks must have looked at the clock before, not after. */
    Set<Long> notifications() {
        return hasPlace.keySet().stream().map(Work::notification).collect(Collectors.toUnmodifiableSet());
    }

    @EventListener
    void stop(ContextClosedEvent event) {
        stopping |= event.getApplicationContext() == context;
    }

    private Semaphore places(Delivery delivery) {
        return places.computeIfAbsent(delivery.channel().code(), code -> new Semaphore(most));
    }

    /** One claim of one delivery: the same delivery may be claimed again while an old claim of it waits in memory. */
    private record Work(long notification, int attempt) {
        static Work of(Delivery delivery) {
            return new Work(delivery.notificationId(), delivery.attempt());
        }
    }
}
