package camelbell.operations;

import camelbell.kafka.BrokerCheck;
import camelbell.kafka.KafkaSettings;
import camelbell.model.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.StandardEnvironment;

/** The hub's configuration as its commands need it: read as the hub reads it, environment variables included. */
final class Settings {

    private final ConfigurableEnvironment environment;
    private final Binder binder;

    private Settings(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    /** Errors: CommandFailedException when a file of the configuration cannot be read. */
    static Settings load() {
        StandardEnvironment environment = new StandardEnvironment();
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment);
        } catch (RuntimeException e) {
            throw new CommandFailedException(
                    "The configuration cannot be read: " + CommandFailedException.reason(root(e))
                            + ". Look at application.yaml in " + Path.of("").toAbsolutePath()
                            + " and at the variables SPRING_CONFIG_….",
                    e);
        }
        ConfigurationPropertySources.attach(environment);
        return new Settings(environment);
    }

    /** All of it, for what reads it as a bean of the hub does. */
    ConfigurableEnvironment environment() {
        return environment;
    }

    /**
     * How Kafka is reached.
     *
     * @param others brokers that the command names, instead of the configured ones
     */
    KafkaSettings kafka(@Nullable String others) {
        try {
            KafkaSettings configured = KafkaSettings.of(environment);
            KafkaSettings kafka = others == null ? configured : configured.at(others);
            BrokerCheck.begin(kafka);
            return kafka;
        } catch (StartRefused refused) {
            throw new CommandFailedException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Whatever is set, for who reads keys that this class does not know. */
    PropertyResolver resolver() {
        return environment;
    }

    String usersTopic() {
        return text("camelbell.kafka.topics.users");
    }

    String statusTopic() {
        return text("camelbell.kafka.topics.status");
    }

    String eventsTopic() {
        return text("camelbell.kafka.topics.ticket-events");
    }

    DeadLetters deadLetters() {
        return deadLetters(kafka(null));
    }

    DeadLetters deadLetters(KafkaSettings kafka) {
        return new DeadLetters(
                kafka,
                Map.of(
                        text("camelbell.kafka.topics.dead-letters"),
                        eventsTopic(),
                        text("camelbell.kafka.topics.users-dead-letters"),
                        usersTopic()));
    }

    /** The secrets that sign development tokens, the first one current; empty when tokens come from a JWKS issuer. */
    List<String> jwtSecrets() {
        return binder.bind("camelbell.jwt.secrets", Bindable.listOf(String.class))
                .orElseGet(List::of);
    }

    String text(String key) {
        return value(key, String.class);
    }

    Duration time(String key) {
        return value(key, Duration.class);
    }

    /** The value itself is in no sentence: it may be a password. */
    private <T> T value(String key, Class<T> type) {
        T value;
        try {
            value = binder.bind(key, type).orElse(null);
        } catch (RuntimeException e) {
            throw new CommandFailedException(
                    "The value of the configuration key " + key + " cannot be read as "
                            + type.getSimpleName().toLowerCase(Locale.ROOT) + ", or names one that is not there.",
                    e);
        }
        if (value == null) {
            throw new CommandFailedException("The configuration key " + key + " has no value.");
        }
        return value;
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null || e.getCause() == e ? e : root(e.getCause());
    }
}
