package camelbell.identity;

import camelbell.model.UsersTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
    private final Map<Integer, Long> seen = new ConcurrentHashMap<>();

    /** How far the topic went when this node last knew as much. */
    private volatile Map<Integer, Long> known = Map.of();

    /** How far the directory was when this node's cache was last dropped. */
    private volatile Map<Integer, Long> applied = Map.of();

    DirectoryBarrier(
            UsersTopic topic, DirectoryProgress progress, DirectoryProperties properties, CachedDirectory directory) {
        this.topic = topic;
        this.progress = progress;
        this.properties = properties;
        this.directory = directory;
    }

    /**
     * Returns when the directory has caught up, or stood still for {@code camelbell.directory.catch-up}. In the second
     * case the log says so once, and those records are not waited for again: a topic may end in records that never reach
     * a consumer (transaction markers), and a directory that cannot be filled must not stop all notifications.
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
            directory.forgetAll();
            applied = now;
        }
        if (covers(now, wanted)) {
            known = wanted;
        }
    }

    private void await(Map<Integer, Long> wanted) throws InterruptedException {
        long patience = System.nanoTime() + properties.catchUp().toNanos();
        Map<Integer, Long> before = Map.of();
        while (!covers(seen, wanted)) {
            Map<Integer, Long> now = progress.of(topic.name());
            now.forEach((partition, offset) -> seen.merge(partition, offset, Math::max));
            if (!now.equals(before)) {
                patience = System.nanoTime() + properties.catchUp().toNanos();
                before = now;
            } else if (System.nanoTime() > patience) {
                giveUp(wanted, now);
                return;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    private static boolean covers(Map<Integer, Long> offsets, Map<Integer, Long> wanted) {
        return wanted.entrySet().stream().allMatch(end -> offsets.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private void giveUp(Map<Integer, Long> wanted, Map<Integer, Long> now) {
        Map<Integer, Long> behind = new HashMap<>(wanted);
        behind.entrySet().removeIf(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
        LOG.warn(
                "directory is behind topic={} by partitions={} after waiting={}: planning with the directory as it is;"
                        + " check that route directory runs and that the users topic can be read",
                topic.name(),
                behind.keySet(),
                properties.catchUp());
        wanted.forEach((partition, offset) -> seen.merge(partition, offset, Math::max));
    }
}
