package camelbell.store;

import camelbell.model.Current;
import camelbell.model.Policy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which channels some node serves. A node cannot tell a channel that was taken out from one that others have got already, so each
 * says in table {@code served_channel} which ones it has, and one is gone when none has said so for
 * {@code camelbell.delivery.removed-after}, and this node has been up for as long: in a rolling restart the others follow.
 */
@Component("servedChannels")
class ServedChannels {

    /** Each is told again after this part of the time by which it would be gone. */
    private static final int PARTS = 10;

    private static final String TELL =
            """
            INSERT INTO served_channel (channel, seen_at) VALUES (?, ?)
            ON CONFLICT (channel) DO UPDATE SET seen_at = excluded.seen_at
            WHERE served_channel.seen_at < ?
            """;

    private static final String MISS =
            "INSERT INTO served_channel (channel, seen_at) VALUES (?, ?) ON CONFLICT (channel) DO NOTHING";

    private static final String UNSERVED_IN_SLICES =
            """
            INSERT INTO served_channel (channel, seen_at)
            SELECT DISTINCT unnest(channels), ?::timestamptz FROM event_slice ON CONFLICT (channel) DO NOTHING
            """;

    private final JdbcClient jdbc;
    private final Current<Policy> policy;
    private final DeliveryProperties properties;
    private final Clock clock;
    private final Instant begun;

    ServedChannels(JdbcClient jdbc, Current<Policy> policy, DeliveryProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.policy = policy;
        this.properties = properties;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Tells the other nodes which channels this one has. */
    void tell() {
        Instant now = clock.instant();
        Instant old = now.minus(properties.removedAfter().dividedBy(PARTS));
        policy.now().channels().keySet().stream().sorted().forEach(channel -> jdbc.sql(TELL)
                .params(channel, now.atOffset(ZoneOffset.UTC), old.atOffset(ZoneOffset.UTC))
                .update());
        jdbc.sql(UNSERVED_IN_SLICES).param(now.atOffset(ZoneOffset.UTC)).update();
    }

    /** Codes of the channels whose rows this node may write: its own, and those that are gone. */
    List<String> writable() {
        List<String> codes = new ArrayList<>(policy.now().channels().keySet());
        Instant latest = clock.instant().minus(properties.removedAfter());
        if (!begun.isAfter(latest)) {
            codes.addAll(jdbc.sql("SELECT channel FROM served_channel WHERE seen_at <= ?")
                    .param(latest.atOffset(ZoneOffset.UTC))
                    .query(String.class)
                    .list());
        }
        return codes;
    }

    /** Whether nobody has had the channel for long enough; the first one that misses it begins to count. */
    boolean isGone(String channel) {
        Instant now = clock.instant();
        Instant latest = now.minus(properties.removedAfter());
        jdbc.sql(MISS).params(channel, now.atOffset(ZoneOffset.UTC)).update();
        return !begun.isAfter(latest)
                && jdbc.sql("SELECT count(*) FROM served_channel WHERE channel = ? AND seen_at <= ?")
                                .params(channel, latest.atOffset(ZoneOffset.UTC))
                                .query(Long.class)
                                .single()
                        > 0;
    }
}
