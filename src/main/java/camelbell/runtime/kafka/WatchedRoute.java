package camelbell.runtime.kafka;

import camelbell.runtime.health.HealthProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One Kafka route under the eyes of {@link IntakeHealth}. */
final class WatchedRoute {

    private final CamelContext camel;
    private final KafkaClients clients;
    private final ConsumerThreads threads;
    private final LoopPolicies loops;
    private final Offsets offsets;
    private final Duration stall;
    private final String id;
    private final String group;
    private final String topic;
    private final boolean commitsByHand;
    private final ConsumerRestarts restarts;
    private final IntakeProgress progress;
    private boolean ended;

    WatchedRoute(
            Route route,
            KafkaClients clients,
            ConsumerThreads threads,
            LoopPolicies loops,
            Offsets offsets,
            HealthProperties health) {
        KafkaConfiguration kafka = ((KafkaEndpoint) route.getEndpoint()).getConfiguration();
        this.camel = route.getCamelContext();
        this.clients = clients;
        this.threads = threads;
        this.loops = loops;
        this.offsets = offsets;
        this.stall = health.stall();
        this.id = route.getRouteId();
        this.group = kafka.getGroupId();
        this.topic = kafka.getTopic();
        this.commitsByHand = kafka.isAllowManualCommit();
        this.restarts = new ConsumerRestarts(camel, clients, id, group, health.restarts());
        this.progress = new IntakeProgress(offsets);
    }

    String id() {
        return id;
    }

    /** Starts it again when it has ended. Answers why that is of no use any more, or null. */
    @Nullable
    String revive() {
        Route route = camel.getRoute(id);
        boolean stopped = !camel.getRouteController().getRouteStatus(id).isStarted();
        if ((stopped && !ended) || camel.isStopping() || route == null) {
            return null; // somebody has stopped it
        }
        ended = stopped || threads.ended(route.getConsumer()) > 0;
        if (ended) {
            return restarts.ended();
        }
        restarts.runs();
        return null;
    }

    /** Asks the broker how far it has come. Errors: the broker does not answer. */
    void look() {
        boolean stopped = !camel.getRouteController().getRouteStatus(id).isStarted();
        if (!commitsByHand || (stopped && !ended)) {
            return;
        }
        Set<TopicPartition> mine = new HashSet<>();
        Map<TopicPartition, Long> readTo = new HashMap<>();
        for (WatchedConsumer consumer : clients.of(group)) {
            mine.addAll(consumer.assigned());
            if (!consumer.closed() && !ended) {
                readTo.putAll(consumer.positions());
            }
        }
        if (mine.isEmpty() && (ended || !reason().isEmpty())) {
            mine.addAll(offsets.partitions(topic)); // nobody's, unless another node moves them
        }
        progress.look(group, mine, readTo);
    }

    /** What is wrong, by what it is about; empty while nothing is. */
    Map<String, Object> wrong() {
        Map<String, Object> found = new LinkedHashMap<>();
        if (ended) {
            found.put("route " + id, "its consumer has ended; it is started again");
        }
        for (WatchedConsumer consumer : clients.of(group)) {
            Duration silent = Duration.ofNanos(System.nanoTime() - consumer.alive());
            if (!ended && !consumer.closed() && silent.compareTo(stall) >= 0) {
                found.put(
                        "route " + id,
                        "its consumer has neither polled nor committed for " + silent.toSeconds() + " s; "
                                + where(consumer.thread()));
            }
        }
        found.putAll(progress.still(stall, reason()));
        return found;
    }

    String topic() {
        return topic;
    }

    /** About how many records of the topic this node has still to work on. */
    long behind() {
        return progress.behind();
    }

    private String reason() {
        String failure = loops.failure(id);
        return failure.isEmpty() ? clients.failure(group) : failure;
    }

    /** Where in the hub's own code a thread is, or else anywhere. */
    private static String where(Thread thread) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        return stack.stream()
                .filter(frame -> frame.getClassName().startsWith("camelbell.")
                        && !frame.getClassName().startsWith("camelbell.runtime.RouteTransactions"))
                .findFirst()
                .or(() -> stack.stream().findFirst())
                .map(frame -> "it is in " + frame.getClassName() + "." + frame.getMethodName())
                .orElse("its thread is gone");
    }
}
