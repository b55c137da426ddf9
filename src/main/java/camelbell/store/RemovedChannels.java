package camelbell.store;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.model.StatusReport;
import camelbell.store.DeliveryOrders.Failed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Ends what waits for channels that no node has in its policy table any more: nobody would ever send it. Not at once, for nodes may
 * have other versions of the tables for a while, older or newer.
 */
@Component("removedChannels")
class RemovedChannels {

    /** Why such a notification failed, or is skipped. Stable: it is shown to operators and producers. */
    static final String REASON = "CHANNEL_REMOVED";

    private static final Logger LOG = LoggerFactory.getLogger(RemovedChannels.class);

    /** From channel to channel by the index of the queue: the table may be long. */
    private static final String UNKNOWN =
            """
            WITH RECURSIVE waiting (channel) AS (
                (SELECT channel FROM delivery ORDER BY channel LIMIT 1)
                UNION ALL
                SELECT (SELECT d.channel FROM delivery d WHERE d.channel > w.channel ORDER BY d.channel LIMIT 1)
                FROM waiting w WHERE w.channel IS NOT NULL)
            SELECT channel FROM waiting WHERE channel <> ALL(?)
            """;

    private final JdbcClient jdbc;
    private final DeliveryOrders deliveries;
    private final Current<Policy> policy;
    private final ServedChannels served;
    private final DeliveryProperties properties;
    private final Clock clock;

    RemovedChannels(
            JdbcClient jdbc,
            Current<Policy> policy,
            ServedChannels served,
            DeliveryProperties properties,
            Clock clock) {
        this.served = served;
        this.jdbc = jdbc;
        this.deliveries = new DeliveryOrders(jdbc);
        this.policy = policy;
        this.properties = properties;
        this.clock = clock;
    }

    /** Fails what has been due for long enough, in the caller's transaction; answers what producers are told. */
    public List<StatusReport> fail() {
        served.tell();
        Instant now = clock.instant();
        List<StatusReport> reports = new ArrayList<>();
        String[] known = policy.now().channels().keySet().toArray(String[]::new);
        for (String channel : jdbc.sql(UNKNOWN).param(known).query(String.class).list()) {
            if (!served.isGone(channel)) {
                continue; // another node sends it, or will
            }
            List<Failed> failed = deliveries.takeOut(channel, now.minus(properties.removedAfter()));
            failed.forEach(one -> reports.add(one.report(now)));
            if (!failed.isEmpty()) {
                AfterCommit.run(() -> LOG.warn(
                        "deliveries failed channel={} deliveries={} reason={}: policy.yaml has no such channel; where it should,"
                                + " put it back and have them retried",
                        channel,
                        failed.size(),
                        REASON));
            }
        }
        return reports;
    }
}
