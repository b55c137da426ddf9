package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.model.StopSignal;
import camelbell.runtime.BackoffProperties;
import camelbell.runtime.FailureLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the Kafka clients of the routes; {@link KafkaBeans} gives it to the component. A consumer that broke off is followed by the
 * next one after a wait that grows until something gets through: camel-kafka 4.17 itself makes the next one at once.
 */
@Component("kafkaClients")
class KafkaClients extends DefaultKafkaClientFactory {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
    private static final long LOOK_FOR_STOP_EVERY_MS = 50;

    private final KafkaSettings settings;
    private final BackoffProperties backoff;
    private final int batchBytes;
    private final Duration batchInterval;
    private final DirectoryReadTo directory;

    /** Each consumer thread's newest one. A thread ends with its route, and its consumer is forgotten then. */
    private final Map<Thread, WatchedConsumer> newest = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    private final Map<String, FailureLog> failures = new ConcurrentHashMap<>();

    KafkaClients(
            KafkaSettings settings,
            BackoffProperties backoff,
            KafkaProperties kafka,
            DirectoryReadTo directory,
            StopSignal stop) {
        this.settings = settings;
        this.backoff = backoff;
        this.directory = directory;
        this.batchBytes = kafka.batchBytes();
        this.batchInterval = kafka.batchInterval();
        stop.onStop(() -> {
            stopping = true;
            newest.values().forEach(BoundedConsumer::endIdleWait);
        });
    }

    @Override
    public Producer<?, ?> getProducer(Properties properties) {
        return super.getProducer(settings.ofProducer(properties));
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties properties) {
        WatchedConsumer before = newest.get(Thread.currentThread());
        String group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG, "");
        FailureLog log = failures.computeIfAbsent(group, name -> new FailureLog(LOG, "consumer group=" + name));
        if (before != null) {
            RuntimeException failure = before.failure(); // a batch that failed is told by LoopPolicies
            if (failure != null) {
                log.failed("brokers=" + settings.brokers(), failure);
            }
            await(before, backoff.after(before.failures()));
        }
        WatchedConsumer next = new WatchedConsumer(
                settings.ofConsumer(properties),
                batchBytes,
                batchInterval,
                before == null ? 0 : before.failures(),
                log::worked,
                directory.of(group));
        newest.values().removeIf(consumer -> !consumer.thread().isAlive() && consumer.closed()); // others: closeLeft
        newest.put(Thread.currentThread(), next);
        if (stopping) {
            next.endIdleWait();
        }
        return next;
    }

    /** The newest consumers of a group on this node, one for each thread of its route; also those that are closed. */
    List<WatchedConsumer> of(String group) {
        return newest.values().stream()
                .filter(consumer -> consumer.group().equals(group))
                .toList();
    }

    /** Closes what the threads of a route that ended have left open, and forgets it. */
    void closeLeft(String group) {
        of(group).forEach(left -> {
            newest.remove(left.thread());
            if (!left.closed()) {
                left.closeLeft();
            }
        });
    }

    /** Why this group's consumers break off; empty while they do not. */
    String failure(String group) {
        FailureLog log = failures.get(group);
        return log == null ? "" : log.reason();
    }

    private static void await(WatchedConsumer before, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        try {
            while (!before.told() && System.nanoTime() - end < 0) {
                TimeUnit.MILLISECONDS.sleep(LOOK_FOR_STOP_EVERY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
