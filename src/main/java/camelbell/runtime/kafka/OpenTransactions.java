package camelbell.runtime.kafka;

import camelbell.runtime.health.HealthProperties;
import camelbell.runtime.health.Watch;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Names upstream transactions that are open for long: what lies behind one in its partition is given to no consumer until
 * it ends. Always up, because nothing that is done to the hub ends it: its producer must, or Kafka does after
 * {@code transaction.timeout.ms}.
 */
@Component("openTransactions")
class OpenTransactions implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Admin admin;
    private final Offsets offsets;
    private final KafkaProperties kafka;
    private final HealthProperties health;
    private final ApplicationContext context;
    private final Map<TopicPartition, Standing> standing = new HashMap<>();
    private volatile Map<String, Object> named = Map.of();
    private volatile Watch watch;

    @SuppressWarnings("NullAway.Init") // there is a watch from the hub's start on
    OpenTransactions(
            Admin admin, Offsets offsets, KafkaProperties kafka, HealthProperties health, ApplicationContext context) {
        this.admin = admin;
        this.offsets = offsets;
        this.kafka = kafka;
        this.health = health;
        this.context = context;
    }

    /** How far consumers get, and since when that has not moved; {@link System#nanoTime}. */
    private record Standing(long offset, long since) {}

    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        watch = new Watch("transactions", every(), this::look);
    }

    /** A third of what is long, by which it is told later at most: more often costs the broker six questions each time. */
    private Duration every() {
        Duration third = health.stall().dividedBy(3);
        return third.compareTo(health.lookEvery()) > 0 ? third : health.lookEvery();
    }

    @EventListener
    void stop(ContextClosedEvent closed) {
        if (closed.getApplicationContext() == context && watch != null) {
            watch.close();
        }
    }

    private void look() {
        Map<String, Object> found = new TreeMap<>();
        look(kafka.topics().ticketEvents(), found);
        look(kafka.topics().users(), found);
        if (named.isEmpty() && !found.isEmpty()) {
            LOG.warn(
                    "upstream transactions are open for long {}: what was posted behind them waits until they end; see why"
                            + " their producers neither commit nor abort",
                    found);
        } else if (!named.isEmpty() && found.isEmpty()) {
            LOG.info("upstream transactions have ended");
        }
        named = found;
    }

    private void look(String topic, Map<String, Object> found) {
        try {
            Set<TopicPartition> partitions = offsets.partitions(topic);
            Map<TopicPartition, Long> readable = offsets.ends(partitions);
            offsets.written(partitions)
                    .forEach((partition, end) -> look(partition, readable.getOrDefault(partition, end), end, found));
        } catch (RuntimeException away) {
            LOG.debug("open transactions not known topic={}: {}", topic, away.toString()); // component broker tells
        }
    }

    private void look(TopicPartition partition, long readable, long end, Map<String, Object> found) {
        if (readable >= end) {
            standing.remove(partition);
            return;
        }
        Standing since = standing.merge(
                partition,
                new Standing(readable, System.nanoTime()),
                (before, now) -> before.offset == now.offset ? before : now);
        long nanos = System.nanoTime() - since.since;
        if (nanos >= health.stall().toNanos()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("offset", readable);
            one.put("behind", end - readable);
            one.put("seconds", TimeUnit.NANOSECONDS.toSeconds(nanos));
            one.putAll(producer(partition, readable));
            found.put(partition.toString(), one);
        }
    }

    /** Whose transaction begins there; empty where the broker does not say, such as for want of rights. */
    private Map<String, Object> producer(TopicPartition partition, long offset) {
        Map<String, Object> who = new LinkedHashMap<>();
        try {
            for (ProducerState producer : admin.describeProducers(Set.of(partition))
                    .partitionResult(partition)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .activeProducers()) {
                if (producer.currentTransactionStartOffset().orElse(-1) == offset) {
                    who.put("producer_id", producer.producerId());
                    for (TransactionListing transaction : admin.listTransactions(
                                    new ListTransactionsOptions().filterProducerIds(Set.of(producer.producerId())))
                            .all()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        who.put("transactional_id", transaction.transactionalId());
                    }
                }
            }
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.debug("producer not known partition={}: {}", partition, unknown.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return who;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(named).build();
    }
}
