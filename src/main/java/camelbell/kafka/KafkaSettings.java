package camelbell.kafka;

import camelbell.model.StartRefused;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.internals.BrokerSecurityConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes every Kafka client: {@code camelbell.kafka.brokers}, how they are reached from {@code spring.kafka.*} in Spring Boot's
 * names, and what the caller needs of its own, which {@code spring.kafka.*} never overrides: {@link ConnectionKeys}.
 */
public final class KafkaSettings {

    /** What a client is; {@code spring.kafka.<kind>.*} is for it alone. */
    private enum Kind {
        ADMIN,
        CONSUMER,
        PRODUCER
    }

    private final String brokers;
    private final Map<Kind, Map<String, Object>> connection;
    private final Set<String> withoutEffect;
    private final Secrets secrets;

    private KafkaSettings(
            String brokers, Map<Kind, Map<String, Object>> connection, Set<String> withoutEffect, Secrets secrets) {
        this.brokers = brokers;
        this.connection = connection;
        this.withoutEffect = withoutEffect;
        this.secrets = secrets;
    }

    /** Errors: StartRefused with what cannot be read, such as a bundle that is not there. */
    public static KafkaSettings of(Environment environment) {
        Binder binder = Binder.get(environment);
        String brokers = binder.bind("camelbell.kafka.brokers", String.class)
                .orElseThrow(() -> new StartRefused("camelbell.kafka.brokers has no value: set host:port of Kafka."));
        Map<Kind, Map<String, Object>> connection = new HashMap<>();
        Set<String> withoutEffect = new TreeSet<>();
        SpringKafka common = SpringKafka.read(binder, "spring.kafka");
        withoutEffect.addAll(common.withoutEffect());
        for (Kind kind : Kind.values()) {
            SpringKafka special =
                    SpringKafka.read(binder, "spring.kafka." + kind.name().toLowerCase(Locale.ROOT));
            withoutEffect.addAll(special.withoutEffect());
            Map<String, Object> all = new HashMap<>(common.connection());
            all.putAll(special.connection());
            connection.put(kind, Map.copyOf(all));
        }
        allowTokenEndpoints(connection.values());
        return new KafkaSettings(brokers, connection, withoutEffect, Secrets.of(connection.values()));
    }

    /**
     * kafka-clients asks only endpoints that this system property names, for the sake of hosts that run other people's
     * configurations. Here the operator has named them already.
     */
    private static void allowTokenEndpoints(Collection<Map<String, Object>> connections) {
        String endpoints = connections.stream()
                .map(settings -> settings.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        if (!endpoints.isEmpty()
                && System.getProperty(BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG) == null) {
            System.setProperty(BrokerSecurityConfigs.ALLOWED_SASL_OAUTHBEARER_URLS_CONFIG, endpoints);
        }
    }

    /** The same at other brokers. */
    public KafkaSettings at(String others) {
        return new KafkaSettings(others, connection, withoutEffect, secrets);
    }

    /** {@code host:port}, comma-separated. */
    public String brokers() {
        return brokers;
    }

    /** Names of {@code spring.kafka.*} properties that are set and that the hub does not hand on. */
    public Set<String> withoutEffect() {
        return withoutEffect;
    }

    public Admin admin(Map<String, Object> own) {
        return Admin.create(merged(own, Kind.ADMIN));
    }

    public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> own) {
        return new KafkaConsumer<>(
                merged(own, Kind.CONSUMER), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public <K> KafkaProducer<K, byte[]> producer(Map<String, Object> own, Serializer<K> keys) {
        return new KafkaProducer<>(merged(own, Kind.PRODUCER), keys, new ByteArraySerializer());
    }

    /** What Camel has gathered for a consumer of a route, with the connection's settings in the place of its defaults. */
    public Properties ofConsumer(Properties gathered) {
        return merged(gathered, Kind.CONSUMER);
    }

    /** As {@link #ofConsumer}, for a producer. */
    public Properties ofProducer(Properties gathered) {
        return merged(gathered, Kind.PRODUCER);
    }

    private Properties merged(Map<?, ?> own, Kind kind) {
        Properties all = new Properties();
        all.putAll(own);
        all.putAll(connection.getOrDefault(kind, Map.of()));
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        return all;
    }

    /** Such as {@code SASL_SSL}. */
    String protocol() {
        return text(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                .toUpperCase(Locale.ROOT); // Kafka takes it in any case
    }

    boolean encrypted() {
        return protocol().endsWith("SSL");
    }

    boolean authenticated() {
        return protocol().startsWith("SASL");
    }

    /** How a broker is spoken to, without who speaks. */
    String manner() {
        return authenticated()
                ? protocol() + " with " + text(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM)
                : protocol();
    }

    /** Without passwords, tokens and keys, wherever they stand in it. */
    String hidden(String text) {
        return secrets.hidden(text);
    }

    private String text(String key, String otherwise) {
        return String.valueOf(connection.getOrDefault(Kind.ADMIN, Map.of()).getOrDefault(key, otherwise));
    }
}
