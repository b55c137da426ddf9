package camelbell.identity;

import camelbell.model.UsersTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds a batch of events until the directory has seen every user record that was posted before it: Kafka promises no
 * order between two topics, and an admin who was added first must hear of the ticket that came second.
 */
@Component("directoryBarrier")
class DirectoryBarrier {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryBarrier.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final UsersTopic topic;
    private final DirectoryProgress progress;
    private final DirectoryProperties properties;
    private final CachedDirectory directory;
    private final UnchangedOffsets quiet;
    private final Map<Integer, Long> seen = new ConcurrentHashMap<>();

    /** How far the topic went when this node last knew as much. */
    private volatile Map<Integer, Long> known = Map.of();

    /** Since when the directory is behind; null while it is not. */
    private final AtomicReference<@Nullable Behind> behind = new AtomicReference<>();

    /** How far the directory was when this node's cache was last dropped, or was known to be true. */
    private volatile Map<Integer, Long> applied = Map.of();

    DirectoryBarrier(
            UsersTopic topic,
            DirectoryProgress progress,
            DirectoryProperties properties,
            CachedDirectory directory,
            UnchangedOffsets quiet) {
        this.quiet = quiet;
        this.topic = topic;
        this.progress = progress;
        this.properties = properties;
        this.directory = directory;
    }

    /**
     * Returns when the directory has caught up, at the latest {@code camelbell.directory.catch-up} after it was found
     * behind. Then the log says so once, and events are planned with the directory as it is until it has caught up:
     * somebody may post to it without an end, and a directory that cannot be filled must not stop all notifications.
     */
    public void catchUp() throws InterruptedException {
        Map<Integer, Long> wanted = topic.endOffsets();
        if (!wanted.equals(known)) {
            await(wanted);
            forgetWhatIsOlder(wanted);
        }
    }

    /** Another node may have applied the records, and cannot tell this one's cache, perhaps only after a wait was given up. */
    private void forgetWhatIsOlder(Map<Integer, Long> wanted) {
        Map<Integer, Long> now = progress.of(topic.name());
        if (!now.equals(applied)) {
            if (!quiet.cover(applied, now)) {
                directory.forgetAll();
            }
            applied = now;
        }
        if (covers(now, wanted)) {
            known = wanted;
        }
    }

    private void await(Map<Integer, Long> wanted) throws InterruptedException {
        try {
            while (!covers(seen, wanted)) {
                Map<Integer, Long> now = progress.of(topic.name());
                now.forEach((partition, offset) -> seen.merge(partition, offset, Math::max));
                if (covers(now, wanted)) {
                    behind.set(null);
                    return;
                }
                Behind since = behind.updateAndGet(
                        before -> before == null || covers(now, before.past) ? new Behind() : before);
                if (System.nanoTime() - since.nanos > properties.catchUp().toNanos()) {
                    giveUp(since, wanted, now);
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        } finally {
            behind.updateAndGet(before -> before != null && before.past.equals(Behind.NOTHING_YET) ? null : before);
        }
    }

    /** One time of being behind: it lasts until everything is applied that events went past meanwhile. */
    private static final class Behind {

        /** No topic comes so far: nothing was passed yet. Whoever stops waiting before then leaves no trace. */
        private static final Map<Integer, Long> NOTHING_YET = Map.of(0, Long.MAX_VALUE);

        private final long nanos = System.nanoTime();
        private final AtomicBoolean told = new AtomicBoolean();
        private volatile Map<Integer, Long> past = NOTHING_YET;
    }

    private static boolean covers(Map<Integer, Long> offsets, Map<Integer, Long> wanted) {
        return wanted.entrySet().stream().allMatch(end -> offsets.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private void giveUp(Behind since, Map<Integer, Long> wanted, Map<Integer, Long> now) {
        if (since.told.compareAndSet(false, true)) {
            Map<Integer, Long> missing = new HashMap<>(wanted);
            missing.entrySet().removeIf(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
            LOG.warn(
                    "directory is behind topic={} by partitions={} after waiting={}: planning with the directory as it is"
                            + " until it has caught up; check that route directory runs and that the users topic can be"
                            + " read",
                    topic.name(),
                    missing.keySet(),
                    properties.catchUp());
        }
        since.past = wanted;
        wanted.forEach((partition, offset) -> seen.merge(partition, offset, Math::max));
    }
}
