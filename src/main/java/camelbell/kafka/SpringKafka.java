package camelbell.kafka;

import camelbell.model.StartRefused;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.boot.autoconfigure.kafka.SslBundleSslEngineFactory;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;

/**
 * What stands under {@code spring.kafka}, or under one kind of client there, as Spring Boot reads it. Only the parts of Boot's
 * class that do without spring-kafka, which the hub has no use for.
 *
 * @param connection Kafka's own names
 * @param withoutEffect full names of what is set and not handed on
 */
record SpringKafka(Map<String, Object> connection, Set<String> withoutEffect) {

    static SpringKafka read(Binder binder, String prefix) {
        Map<String, Object> connection = new HashMap<>();
        Set<String> withoutEffect = new TreeSet<>();
        try {
            KafkaProperties.Security security =
                    binder.bindOrCreate(prefix + ".security", KafkaProperties.Security.class);
            connection.putAll(security.buildProperties());
            KafkaProperties.Ssl ssl = binder.bindOrCreate(prefix + ".ssl", KafkaProperties.Ssl.class);
            connection.putAll(ssl.buildProperties(null));
            bundle(binder, prefix, ssl.getBundle()).ifPresent(bundle -> {
                // as Boot's auto-configuration of spring-kafka hands one on
                connection.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
                connection.put(SslBundle.class.getName(), bundle);
            });
        } catch (StartRefused refused) {
            throw refused;
        } catch (BindException e) {
            throw new StartRefused(
                    e.getName() + " cannot be read as Spring Boot's property of that name; correct it.", e);
        } catch (RuntimeException e) {
            throw new StartRefused(
                    prefix
                            + ".ssl cannot be used: its parts exclude each other (a bundle, stores, PEM), or are not there ("
                            + e.getClass().getSimpleName() + "); see secure-kafka.md.",
                    e);
        }
        binder.bind(prefix + ".properties", Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of)
                .forEach((key, value) -> {
                    if (ConnectionKeys.contain(key)) {
                        connection.put(key, value);
                    } else {
                        withoutEffect.add(prefix + ".properties." + key);
                    }
                });
        return new SpringKafka(connection, withoutEffect);
    }

    private static Optional<SslBundle> bundle(Binder binder, String prefix, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        SslBundle bundle = binder.bind("spring.ssl.bundle.pem." + name, PemSslBundleProperties.class)
                .map(PropertiesSslBundle::get)
                .orElseGet(() -> binder.bind("spring.ssl.bundle.jks." + name, JksSslBundleProperties.class)
                        .map(PropertiesSslBundle::get)
                        .orElseThrow(() -> new StartRefused(prefix + ".ssl.bundle names " + name
                                + ", and there is no spring.ssl.bundle.pem." + name + " or .jks." + name + ".")));
        try { // they are read when they are first used, and a client only says then that nobody answers
            var unused = bundle.getStores().getTrustStore();
            var unusedToo = bundle.getStores().getKeyStore();
        } catch (RuntimeException e) {
            throw new StartRefused(
                    prefix + ".ssl.bundle names " + name + ", and a part of spring.ssl.bundle.*." + name
                            + " cannot be read" + file(e) + "; see secure-kafka.md.",
                    e);
        }
        return Optional.of(bundle);
    }

    /** Only what speaks of files: other messages may quote a key. */
    private static String file(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String name = root.getClass().getSimpleName();
        boolean speaksOfFiles = root instanceof FileSystemException || root instanceof FileNotFoundException;
        return " (" + (speaksOfFiles ? name + ": " + root.getMessage() : name) + ")";
    }
}
