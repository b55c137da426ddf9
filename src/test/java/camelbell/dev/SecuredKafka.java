package camelbell.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A real broker that asks who comes, and lets nobody do what no ACL grants: a listener for each way of speaking to it, and one
 * where the test itself may do anything.
 */
public final class SecuredKafka implements AutoCloseable {

    private static final String LOGIN = "org.apache.kafka.common.security.";

    private final Path folder = TemporaryFolder.create("secured-kafka");
    private final Map<String, String> passwords = new HashMap<>();
    private final Certificates certificates;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private KafkaBroker broker;
    private final Admin admin;
    private final Map<String, String> settings;
    private final int inside = Ports.free();

    /** @param users of SASL PLAIN and SCRAM-SHA-512; OAUTHBEARER takes any unsigned token */
    public SecuredKafka(String... users) {
        try {
            certificates = Certificates.in(Files.createDirectory(folder.resolve("certificates")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates.Issued own = certificates.issue("broker", "localhost");
        for (String user : users) {
            passwords.put(user, "secret-of-" + user + "-" + UUID.randomUUID());
        }
        List.of("SASL_SSL", "SSL", "SASL_PLAINTEXT").forEach(name -> ports.put(name, Ports.free()));
        settings = settings(own);
        broker = start();
        admin = Admin.create(Map.of("bootstrap.servers", outside()));
        for (String user : users) {
            scram(user);
        }
    }

    private KafkaBroker start() {
        return KafkaBroker.start(inside, folder.resolve("data"), ports, settings);
    }

    /** Every connection ends, and whoever comes again is asked again. */
    public void restart() {
        broker.close();
        broker = start();
    }

    /** A new password of SCRAM; for new connections. */
    public void change(String user, String password) {
        passwords.put(user, password);
        scram(user);
    }

    private void scram(String user) {
        await(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(user))))
                .all());
    }

    private Map<String, String> settings(Certificates.Issued own) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS"); // who comes by PLAINTEXT: the broker itself, and the test
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", own.store().toString());
        settings.put("ssl.keystore.password", Certificates.PASSWORD);
        settings.put("ssl.key.password", Certificates.PASSWORD);
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificates.authority().toString());
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        StringBuilder plain = new StringBuilder(LOGIN + "plain.PlainLoginModule required");
        passwords.forEach((user, password) -> plain.append(" user_")
                .append(user)
                .append("=\"")
                .append(password)
                .append('"'));
        for (String listener : List.of("listener.name.sasl_ssl.", "listener.name.sasl_plaintext.")) {
            settings.put(listener + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512,OAUTHBEARER");
            settings.put(listener + "plain.sasl.jaas.config", plain + ";");
            settings.put(listener + "scram-sha-512.sasl.jaas.config", LOGIN + "scram.ScramLoginModule required;");
            settings.put(
                    listener + "oauthbearer.sasl.jaas.config",
                    LOGIN + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";");
        }
        return settings;
    }

    /** Where the test comes in without a word. */
    public String outside() {
        return broker.bootstrapServers();
    }

    /** Where the listener of one protocol is; {@code protocol} is Kafka's name: SASL_SSL, SSL (with a certificate of the client), SASL_PLAINTEXT. */
    public String at(String protocol) {
        Integer port = ports.get(protocol);
        return port == null ? outside() : "localhost:" + port;
    }

    public String password(String user) {
        return passwords.getOrDefault(user, "");
    }

    public Certificates certificates() {
        return certificates;
    }

    /** Line of {@code sasl.jaas.config} for PLAIN or SCRAM. */
    public static String jaas(String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return LOGIN + module + " required username=\"" + user + "\" password=\"" + password + "\";";
    }

    /** One right, as the table of the how-to page has it. */
    public record Right(ResourceType type, String name, PatternType pattern, AclOperation operation) {

        private AclBinding of(String principal) {
            return new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
        }
    }

    public void grant(String principal, Collection<Right> rights) {
        await(admin.createAcls(rights.stream().map(right -> right.of(principal)).toList())
                .all());
    }

    public void revoke(String principal, Collection<Right> rights) {
        List<AclBindingFilter> filters = new ArrayList<>();
        rights.forEach(right -> filters.add(right.of(principal).toFilter()));
        await(admin.deleteAcls(filters).all());
    }

    public Admin admin() {
        return admin;
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker refused to be set up", e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
        TemporaryFolder.delete(folder);
    }
}
