package camelbell;

import camelbell.check.Check;
import camelbell.identity.TokenMinter;
import camelbell.operations.Commands;
import camelbell.runtime.SimpleOperators;
import camelbell.runtime.http.HttpServers;
import camelbell.status.OutboxRows;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A start of the hub that shows the JVM which classes there are, for a cache of them (-XX:AOTCacheOutput,
 * -XX:ArchiveClassesAtExit): src/deploy/camelbell --make-cache. It needs no other server: the database is an
 * {@link EmptyDatabase}, Kafka is away. Nothing is sent. Exit code 0 when a hub was up.
 *
 * <p>With the argument "commands" it runs commands instead, which are so short that the hub's many classes would cost them more
 * than their own gain them.
 */
final class Training {

    /** How long the hub runs for nothing, so that its clocks have all been round. */
    private static final int SECONDS = Integer.getInteger("camelbell.training.seconds", 5);

    /** What a start against an empty database and no broker does not come to. */
    private static final List<String> LATER = List.of(
            "org/flywaydb/core/",
            "org/flywaydb/database/",
            "org/apache/kafka/clients/consumer/",
            "org/apache/kafka/clients/producer/",
            "org/apache/kafka/common/record/",
            "org/apache/kafka/common/requests/",
            "org/apache/camel/component/kafka/",
            "org/postgresql/core/",
            "org/postgresql/jdbc/");

    private Training() {}

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("commands")) {
            commands();
        } else {
            load();
            try (EmptyDatabase database = new EmptyDatabase();
                    ConfigurableApplicationContext hub = hub(database)) {
                TimeUnit.SECONDS.sleep(SECONDS);
                ask(hub);
            }
        }
        System.exit(0); // Camel's own threads would keep the process up
    }

    private static ConfigurableApplicationContext hub(EmptyDatabase database) {
        SpringApplication application = new SpringApplication(CamelbellApplication.class);
        String[] settings = {
            "--spring.datasource.url=" + database.url(),
            "--spring.flyway.enabled=false",
            "--camelbell.kafka.brokers=localhost:1", // nobody
            "--camelbell.mail.host=localhost",
            "--camelbell.mail.port=1",
            "--camelbell.whatsapp.base-url=http://localhost:1",
            "--spring.config.location=classpath:/", // not the operator's, whose mailbox would be read
            "--camelbell.routes=classpath:routes",
            "--camelbell.bounces.enabled=false",
            "--camelbell.jwt.jwks-uri=",
            "--camelbell.jwt.secrets=a-secret-of-a-training-that-nobody-hears-of",
            "--camelbell.health.exit=false",
            "--camelbell.http.port=0",
            "--server.port=0",
            "--management.server.port=0",
            "--logging.level.root=OFF"
        };
        return application.run(settings);
    }

    /** One request of each kind; what they answer does not matter. */
    private static void ask(ConfigurableApplicationContext hub) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        int health = ((WebServerApplicationContext) hub).getWebServer().getPort();
        int http = hub.getBean(HttpServers.class).port();
        for (String url : List.of(
                "http://localhost:" + health + "/actuator/health/readiness",
                "http://localhost:" + health + "/actuator/prometheus",
                "http://localhost:" + http + "/api/notifications/",
                "http://localhost:" + http + "/api/docs/")) {
            client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
        }
    }

    /** What a command needs before it asks another server. */
    private static void commands() throws IOException {
        Path routes = routes();
        for (List<String> line : List.of(
                List.of("--version"),
                List.of("check", routes.toString()),
                List.of("token", "--help"),
                List.of("send", "--help"))) {
            Commands commands = new Commands(
                    TokenMinter::mint, OutboxRows::put, () -> new Check()::of, SimpleOperators::standalone);
            String[] words = line.toArray(String[]::new);
            if (commands.understand(words)) {
                commands.run(words);
            }
        }
    }

    /** The jar's own routes, in a folder that goes with the process. */
    private static Path routes() throws IOException {
        Path folder = Files.createTempDirectory("camelbell-training");
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:routes/**/*.*")) {
            String name = file.getURL().getPath();
            Path to = folder.resolve(name.substring(name.lastIndexOf("routes/") + "routes/".length()));
            Files.createDirectories(to.resolveSibling("."));
            try (InputStream in = file.getInputStream()) {
                Files.copy(in, to);
            }
        }
        return folder;
    }

    private static void load() throws IOException {
        for (String library : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (library.endsWith(".jar")) {
                loadBeside(Path.of(library).toAbsolutePath().resolveSibling("lib"));
            }
        }
    }

    private static void loadBeside(Path libraries) throws IOException {
        if (!Files.isDirectory(libraries)) {
            return;
        }
        try (var all = Files.list(libraries)) {
            for (Path library : (Iterable<Path>) all::iterator) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                        load(entries.nextElement().getName());
                    }
                }
            }
        }
    }

    private static void load(String entry) {
        if (entry.endsWith(".class") && LATER.stream().anyMatch(entry::startsWith)) {
            try {
                Class.forName(
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.'),
                        false,
                        Training.class.getClassLoader());
            } catch (ClassNotFoundException | LinkageError optional) {
                // of a library that is not here
            }
        }
    }
}
