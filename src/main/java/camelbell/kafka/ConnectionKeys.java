package camelbell.kafka;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Which of Kafka's settings are about how brokers are reached. The others (acknowledgements, isolation, batches, waits,
 * formats) are the hub's, because what it promises depends on them. A name that Kafka does not know belongs to
 * somebody's login module, and goes along.
 */
final class ConnectionKeys {

    private static final Set<String> BEGINNINGS = Set.of(
            "security.",
            "ssl.",
            "sasl.",
            "client.dns.lookup",
            "client.rack",
            "connections.max.idle.ms",
            "metadata.recovery.strategy",
            "receive.buffer.bytes",
            "reconnect.backoff.",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.");

    private static final Set<String> KNOWN = Stream.of(
                    AdminClientConfig.configNames(), ConsumerConfig.configNames(), ProducerConfig.configNames())
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private ConnectionKeys() {}

    static boolean contain(String key) {
        return BEGINNINGS.stream().anyMatch(key::startsWith)
                || Predicate.not(KNOWN::contains).test(key);
    }
}
