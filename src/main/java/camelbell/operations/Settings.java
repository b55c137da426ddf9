package camelbell.operations;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The hub's configuration as its commands need it: read as the hub reads it, environment variables included. */
final class Settings {

    private final Binder binder;

    private Settings(Binder binder) {
        this.binder = binder;
    }

    static Settings load() {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return new Settings(Binder.get(environment));
    }

    String brokers() {
        return text("camelbell.kafka.brokers");
    }

    String usersTopic() {
        return text("camelbell.kafka.topics.users");
    }

    String eventsTopic() {
        return text("camelbell.kafka.topics.ticket-events");
    }

    DeadLetters deadLetters() {
        return new DeadLetters(
                brokers(),
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

    private <T> T value(String key, Class<T> type) {
        return binder.bind(key, type)
                .orElseThrow(() -> new CommandFailedException("The configuration key " + key + " has no value."));
    }
}
