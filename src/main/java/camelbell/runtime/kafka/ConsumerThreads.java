package camelbell.runtime.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.util.ObjectHelper;
import org.springframework.stereotype.Component;

/**
 * Whether the threads of a Kafka route still read. camel-kafka 4.17 gives each consumer a pool with one task a thread, which
 * runs as long as the route; a task that an Error has ended, or Kafka's refusal to authenticate, is missed by nobody else.
 */
@Component
class ConsumerThreads extends LifecycleStrategySupport implements CamelContextConfiguration {

    private static final String KIND = "KafkaConsumer(";

    /** By the name that Camel makes of the consumer that a pool is for. */
    private final Map<String, ThreadPoolExecutor> pools = new ConcurrentHashMap<>();

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.addLifecycleStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {}

    @Override
    public void onThreadPoolAdd(
            CamelContext camel, ThreadPoolExecutor pool, String id, String source, String route, String profile) {
        if (id.startsWith(KIND)) {
            pools.values().removeIf(ThreadPoolExecutor::isShutdown);
            pools.put(id, pool);
        }
    }

    /** How many of its tasks have ended, though nobody has stopped it. */
    int ended(Consumer consumer) {
        ThreadPoolExecutor pool = pools.get(KIND + ObjectHelper.getIdentityHashCode(consumer) + ")");
        return pool == null || pool.isShutdown()
                ? 0
                : (int) Math.min(pool.getCompletedTaskCount(), pool.getCorePoolSize());
    }
}
