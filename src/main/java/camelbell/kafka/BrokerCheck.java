package camelbell.kafka;

import camelbell.model.StartRefused;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * Whether the brokers and these settings fit together, before anything works with them. A broker that is away is no fault: it
 * is waited for.
 */
public final class BrokerCheck {

    private static final int SOON_MS = 2000;
    private static final int PATIENCE_MS = 10_000;
    private static final String TRIED = "first contact";

    private final KafkaSettings kafka;
    private boolean heard;

    private BrokerCheck(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** To be asked before any client is made: one without TLS dies of a listener's TLS. Errors: StartRefused. */
    public static BrokerCheck begin(KafkaSettings kafka) {
        BrokerCheck check = new BrokerCheck(kafka);
        for (ListenerProbe listener : ListenerProbe.of(kafka.brokers())) {
            check.look(listener);
        }
        return check;
    }

    private void look(ListenerProbe listener) {
        if (kafka.encrypted() && heard) {
            return; // one that listens is enough to know whether to wait for an answer
        }
        ListenerProbe.Reply answer = kafka.encrypted() ? listener.touch() : listener.knock();
        heard |= answer != ListenerProbe.Reply.AWAY;
        if (!kafka.encrypted() && answer == ListenerProbe.Reply.TLS) {
            throw refused(listener
                    + " speaks TLS, and the hub is told not to; set spring.kafka.security.protocol to SSL, or to"
                    + " SASL_SSL where it asks for a user, and name its authority in spring.kafka.ssl");
        }
        if (answer == ListenerProbe.Reply.OTHER) {
            throw refused(listener + " does not speak as Kafka does; name Kafka's own port in camelbell.kafka.brokers");
        }
    }

    /**
     * What is wrong and may mend itself, or null. With a client of these settings, which the caller keeps.
     * Errors: StartRefused for what no waiting mends.
     */
    public @Nullable String end(Admin admin) {
        if (!heard) {
            return KafkaTrouble.sentence(kafka, TRIED, "nobody listens there; it is waited for");
        }
        try {
            Set<String> seen = new LinkedHashSet<>(List.of(kafka.brokers().split(",", -1)));
            for (Node node : nodes(admin)) {
                ListenerProbe advertised = new ListenerProbe(node.host(), node.port());
                if (!kafka.encrypted() && seen.add(advertised.toString())) {
                    look(advertised);
                }
            }
            return null;
        } catch (ExecutionException | TimeoutException e) {
            Throwable why = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            if (KafkaTrouble.isRefusal(why)) {
                throw new StartRefused(KafkaTrouble.of(kafka, TRIED, why), why);
            }
            return KafkaTrouble.of(kafka, TRIED, why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Collection<Node> nodes(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        KafkaFuture<Collection<Node>> answer = admin.describeCluster(
                        new DescribeClusterOptions().timeoutMs(PATIENCE_MS))
                .nodes();
        try {
            return answer.get(SOON_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            explain();
            return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Kafka's client only says that nobody answered, also where the listener speaks another protocol. */
    private void explain() {
        for (ListenerProbe listener : ListenerProbe.of(kafka.brokers())) {
            if (listener.knock() != ListenerProbe.Reply.PLAIN) {
                continue;
            }
            if (kafka.encrypted()) {
                throw refused(listener
                        + " speaks no TLS; set spring.kafka.security.protocol to PLAINTEXT, or to SASL_PLAINTEXT"
                        + " where it asks for a user");
            }
            List<String> mechanisms = listener.mechanisms();
            if (!kafka.authenticated() && !mechanisms.isEmpty()) {
                throw refused(listener + " asks who speaks (SASL: " + String.join(", ", mechanisms)
                        + "); set spring.kafka.security.protocol to SASL_PLAINTEXT and spring.kafka.properties.sasl.*");
            }
        }
    }

    private StartRefused refused(String reason) {
        return new StartRefused(KafkaTrouble.sentence(kafka, TRIED, reason));
    }
}
