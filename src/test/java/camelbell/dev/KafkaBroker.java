package camelbell.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A real Kafka of one node (KRaft, broker and controller in one) in this JVM; its logs stay in the given directory. */
public final class KafkaBroker implements AutoCloseable {

    private static final int NODE = 1;

    private final int port;
    private final KafkaRaftServer server;
    private final Runnable afterwards;

    private KafkaBroker(int port, KafkaRaftServer server, Runnable afterwards) {
        this.port = port;
        this.server = server;
        this.afterwards = afterwards;
    }

    /** Starts on localhost:port, with what the directory holds from an earlier run. */
    public static KafkaBroker start(int port, Path directory) {
        return start(port, directory, null, Map.of(), () -> {});
    }

    /**
     * With more listeners.
     *
     * @param listeners names and ports; each needs its protocol among the settings
     * @param more settings of the broker
     */
    static KafkaBroker start(int port, Path directory, Map<String, Integer> listeners, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        StringBuilder added = new StringBuilder();
        listeners.forEach((name, at) ->
                added.append(',').append(name).append("://localhost:").append(at));
        settings.put("listeners", added.toString());
        settings.put("advertised.listeners", added.toString());
        return start(port, directory, null, settings, () -> {});
    }

    /** With a second listener for clients that are to come through something that stands in front of it. */
    public static KafkaBroker start(int port, Path directory, Detour detour) {
        return start(port, directory, detour, Map.of(), () -> {});
    }

    /**
     * A second listener.
     *
     * @param port where the broker listens
     * @param advertised the port that it tells clients of this listener to come to
     */
    public record Detour(int port, int advertised) {}

    /** On a free port, in a directory that goes with the broker. */
    public static KafkaBroker start() {
        Path directory = TemporaryFolder.create("kafka");
        return start(Ports.free(), directory, null, Map.of(), () -> TemporaryFolder.delete(directory));
    }

    private static KafkaBroker start(
            int port, Path directory, @Nullable Detour detour, Map<String, String> more, Runnable afterwards) {
        format(directory);
        Map<String, String> settings = settings(port, Ports.free(), directory);
        if (detour != null) {
            settings.merge("listeners", "DETOUR://localhost:" + detour.port, (one, other) -> one + "," + other);
            settings.merge(
                    "advertised.listeners",
                    "DETOUR://localhost:" + detour.advertised,
                    (one, other) -> one + "," + other);
            settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,DETOUR:PLAINTEXT");
        }
        more.forEach((key, value) ->
                settings.merge(key, value, (one, other) -> key.endsWith("listeners") ? one + other : other));
        KafkaConfig config = new KafkaConfig(settings);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new KafkaBroker(port, server, afterwards);
    }

    public String bootstrapServers() {
        return "localhost:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        afterwards.run();
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create Kafka's directory " + directory, e);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot format Kafka's directory " + directory, e);
        }
    }

    private static Map<String, String> settings(int port, int controllerPort, Path directory) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put("listeners", "PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + port);
        settings.put("controller.quorum.voters", NODE + "@localhost:" + controllerPort);
        settings.put("node.id", String.valueOf(NODE));
        settings.put("log.dirs", directory.toString());
        return settings;
    }

    /** One node, little memory, a quick start; topics are made on purpose, as in a cluster that is looked after. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "2"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.segment.bytes", "67108864"),
            Map.entry("log.index.size.max.bytes", "1048576"));
}
