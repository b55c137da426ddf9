package camelbell.runtime.kafka;

import camelbell.runtime.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts one Kafka route again whose consumer has ended, with longer and longer waits, up to a number of times. */
final class ConsumerRestarts {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRestarts.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LASTS = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;

    private final CamelContext camel;
    private final KafkaClients clients;
    private final String route;
    private final String group;
    private final int most;
    private int restarts;
    private long next = System.nanoTime();

    ConsumerRestarts(CamelContext camel, KafkaClients clients, String route, String group, int most) {
        this.camel = camel;
        this.clients = clients;
        this.route = route;
        this.group = group;
        this.most = most;
    }

    /** It reads again. What lasts for a while makes the count begin anew. */
    void runs() {
        if (restarts > 0 && System.nanoTime() - next > LASTS.toNanos()) {
            restarts = 0;
        }
    }

    /** It has ended. Answers why it cannot be started again, or null. */
    @Nullable
    String ended() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return null;
        }
        if (restarts >= most) {
            return "the consumer of route " + route + " has ended, and " + most + " restarts did not help";
        }
        restarts++;
        long wait = Math.min(LONGEST.toSeconds(), 1L << Math.min(restarts, MOST_DOUBLINGS));
        LOG.warn("consumer ended route={} group={}; it is started again try={} of={}", route, group, restarts, most);
        try {
            camel.getRouteController().stopRoute(route, 1, TimeUnit.SECONDS);
            clients.closeLeft(group);
            camel.getRouteController().startRoute(route);
        } catch (Exception e) {
            LOG.warn("route not started again route={} reason={}; the next try is in {} s", route, Reason.of(e), wait);
        } finally {
            next = System.nanoTime() + TimeUnit.SECONDS.toNanos(wait);
        }
        return null;
    }
}
