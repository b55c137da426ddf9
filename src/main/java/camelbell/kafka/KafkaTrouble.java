package camelbell.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.jspecify.annotations.Nullable;

/** What Kafka refuses, in one sentence: which brokers, what was tried, the reason, what to do. Never a password or token. */
public final class KafkaTrouble {

    private static final int LONGEST = 240;
    private static final String RIGHTS = "grant it; secure-kafka.md lists the least rights";

    private KafkaTrouble() {}

    /**
     * The sentence for a failure.
     *
     * @param tried such as {@code reading topic users}
     */
    public static String of(KafkaSettings kafka, String tried, Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable one : chain) {
            String known = known(kafka, one, chain);
            if (known != null) {
                return sentence(kafka, tried, known);
            }
        }
        Throwable root = chain.get(chain.size() - 1);
        return sentence(kafka, tried, root.getClass().getSimpleName() + said(kafka, root));
    }

    /** One that no second try mends: how the broker is spoken to, or who speaks, is not what it takes. */
    public static boolean isRefusal(Throwable failure) {
        return chain(failure).stream().anyMatch(AuthenticationException.class::isInstance);
    }

    /** For what has no exception. */
    public static String sentence(KafkaSettings kafka, String tried, String reason) {
        return "Kafka at " + kafka.brokers() + " cannot be used (" + tried + ", " + kafka.manner() + "): " + reason
                + ".";
    }

    private static @Nullable String known(KafkaSettings kafka, Throwable one, List<Throwable> chain) {
        if (one instanceof SslAuthenticationException) {
            return tls(kafka, chain);
        }
        if (one instanceof UnsupportedSaslMechanismException) {
            return "it does not take this SASL mechanism" + said(kafka, one)
                    + "; set spring.kafka.properties.sasl.mechanism to one that it has";
        }
        if (one instanceof IllegalSaslStateException) {
            return "it asks for no SASL there" + said(kafka, one)
                    + "; set spring.kafka.security.protocol to what the listener speaks";
        }
        if (one instanceof SaslAuthenticationException) {
            return "it refuses the user name, password or token" + said(kafka, one)
                    + "; check spring.kafka.properties.sasl.jaas.config";
        }
        if (one instanceof AuthenticationException) {
            return "it refuses who speaks" + said(kafka, one) + "; check spring.kafka.security.protocol and"
                    + " spring.kafka.properties.sasl.*";
        }
        if (one instanceof TopicAuthorizationException refused
                && !refused.unauthorizedTopics().isEmpty()) {
            return "no right to topic " + String.join(", ", refused.unauthorizedTopics()) + "; " + RIGHTS;
        }
        if (one instanceof GroupAuthorizationException refused) {
            return "no right to consumer group " + refused.groupId() + "; " + RIGHTS;
        }
        if (one instanceof TransactionalIdAuthorizationException) {
            return "no right to the transactional id" + said(kafka, one) + "; " + RIGHTS;
        }
        if (one instanceof AuthorizationException) {
            return "no right to it" + said(kafka, one) + "; " + RIGHTS;
        }
        if (one instanceof ConfigException) {
            return "a setting is wrong" + said(kafka, one)
                    + "; check camelbell.kafka.brokers (host:port, comma-separated) and" + " spring.kafka.*";
        }
        if (one instanceof IllegalArgumentException && isAboutJaas(one)) {
            return "spring.kafka.properties.sasl.jaas.config cannot be read; it is one line,"
                    + " <login module class> required <option>=\"<value>\" …;, with its semicolon";
        }
        if (one instanceof TimeoutException || one instanceof java.util.concurrent.TimeoutException) {
            return "no answer in time; see that it is up, and that its listener speaks what is said here"
                    + " (spring.kafka.security.protocol)";
        }
        return null;
    }

    private static String tls(KafkaSettings kafka, List<Throwable> chain) {
        StringBuilder all = new StringBuilder();
        chain.forEach(one -> all.append(one.getMessage()).append('\n'));
        String text = all.toString().toLowerCase(Locale.ROOT);
        Throwable root = chain.get(chain.size() - 1);
        if (text.contains("pkix path building")
                || text.contains("valid certification path")
                || text.contains("path does not chain")) {
            return "its certificate is not signed by an authority that the hub trusts; name the authority's certificate in"
                    + " spring.ssl.bundle.pem.<name>.truststore.certificate and the bundle in spring.kafka.ssl.bundle";
        }
        if (text.contains("no subject alternative") || text.contains("no name matching")) {
            return "its certificate is for another host" + said(kafka, root)
                    + "; name it in camelbell.kafka.brokers, and in the broker's advertised.listeners, as its certificate does";
        }
        if (text.contains("validity check failed") || text.contains("notafter")) {
            return "its certificate is not valid now" + said(kafka, root) + "; renew it, and check the clock";
        }
        if (text.contains("fatal alert")) {
            return "it refuses the hub's certificate, or wants one" + said(kafka, root)
                    + "; name one that it trusts in spring.ssl.bundle.pem.<name>.keystore, and the bundle in"
                    + " spring.kafka.ssl.bundle";
        }
        if (text.contains("unrecognized ssl message") || text.contains("unrecognized record")) {
            return "it speaks no TLS there; set spring.kafka.security.protocol to what the listener speaks";
        }
        return "TLS cannot be set up" + said(kafka, root) + "; check spring.kafka.ssl.* and the broker's certificate";
    }

    private static boolean isAboutJaas(Throwable one) {
        return List.of(one.getStackTrace()).stream().anyMatch(frame -> frame.getClassName()
                .contains(".JaasC")); // JaasConfig and JaasContext of kafka-clients; their words may hold parts of a
        // password
    }

    private static String said(KafkaSettings kafka, Throwable one) {
        String message = one.getMessage() == null ? "" : one.getMessage();
        String line = kafka.hidden(message.lines().findFirst().orElse("").strip());
        if (line.isEmpty()) {
            return "";
        }
        String shortened = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        return " (" + (shortened.endsWith(".") ? shortened.substring(0, shortened.length() - 1) : shortened) + ")";
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable one = failure; one != null && !chain.contains(one); one = one.getCause()) {
            chain.add(one);
        }
        return chain;
    }
}
