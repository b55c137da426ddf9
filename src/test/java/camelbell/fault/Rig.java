package camelbell.fault;

import camelbell.channel.mail.ScriptedSmtp;
import camelbell.dev.CloudApiDouble;
import camelbell.dev.KafkaBroker;
import camelbell.dev.Ports;
import camelbell.dev.PostgresServer;
import camelbell.it.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.util.FileSystemUtils;

/**
 * Everything around the hubs of one test, of its own: servers that survive the hubs and remember every message, and a
 * {@link FaultProxy} in front of each.
 */
final class Rig implements AutoCloseable {

    private static final int REMEMBER = 1_000_000;
    private static final String DATABASE = "hub";

    /** Attempts of one channel that a hub may have begun and not written down. */
    static final int UNWRITTEN = 50;

    private final Path folder;
    private final int postgresPort = Ports.free();
    private final int kafkaPort = Ports.free();
    private final int kafkaDetour = Ports.free();
    private final String phoneNumberId = "106540352242922";
    private final String accessToken = "accesstoken-" + UUID.randomUUID();
    private final String jwtSecret = "jwtsecret-" + UUID.randomUUID();
    private final List<HubProcess> hubs = new ArrayList<>();
    private final Map<HubProcess, Baseline> baselines = new HashMap<>();
    private final List<Map.Entry<Long, String>> takenElsewhere = new CopyOnWriteArrayList<>();
    private PostgresServer postgres;
    private KafkaBroker kafka;

    final ScriptedSmtp smtp = new ScriptedSmtp(true);
    final CloudApiDouble cloud = new CloudApiDouble("localhost", 0, phoneNumberId, accessToken, REMEMBER);
    final FaultProxy toPostgres = new FaultProxy(postgresPort);
    final FaultProxy toKafka = new FaultProxy(kafkaDetour);
    final FaultProxy toSmtp = new FaultProxy(smtp.port());
    final FaultProxy toCloud = new FaultProxy(cloud.port());
    final Database database;
    final Topics topics;

    Rig() {
        try {
            folder = Files.createTempDirectory("camelbell-faults-");
            ShortRetries.write(Path.of("routes"), folder.resolve("routes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = startedPostgres();
        database = new Database(postgres.database(DATABASE));
        kafka = startedKafka();
        topics = new Topics("localhost:" + kafkaPort);
        topics.create();
    }

    /** Starts one more hub, and waits until it is ready. */
    HubProcess hub(String... settings) {
        HubProcess hub = starting(settings).awaitReady();
        baselines.put(hub, Baseline.of(hub));
        return hub;
    }

    /** Starts one more hub: {@code NAME=value} of its environment over the usual ones, {@code -X…} for its JVM. */
    HubProcess starting(String... settings) {
        Map<String, String> environment = environment();
        List<String> options = new ArrayList<>(List.of("-Xmx512m"));
        for (String setting : settings) {
            if (setting.startsWith("-")) {
                options.add(setting);
                continue;
            }
            environment.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        HubProcess hub = HubProcess.start("hub-" + hubs.size(), environment, folder, options.toArray(String[]::new));
        hubs.add(hub);
        return hub;
    }

    /** A setting under which each COMMIT is said aloud; the driver would else prepare it and say its number. */
    String commitsAloud() {
        return "SPRING_DATASOURCE_URL=" + databaseUrl() + "?prepareThreshold=0";
    }

    private String databaseUrl() {
        return "jdbc:postgresql://localhost:" + toPostgres.port() + "/" + DATABASE;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CAMELBELL_KAFKA_BROKERS", "localhost:" + toKafka.port());
        environment.put("CAMELBELL_KAFKA_BATCH_SIZE", "50");
        environment.put("CAMELBELL_KAFKA_SESSION_TIMEOUT_MS", "6000");
        environment.put("SPRING_DATASOURCE_URL", databaseUrl());
        environment.put("SPRING_DATASOURCE_USERNAME", "camelbell");
        environment.put("SPRING_DATASOURCE_PASSWORD", "camelbell");
        environment.put("CAMELBELL_JWT_SECRETS", jwtSecret);
        environment.put("CAMELBELL_MAIL_HOST", "localhost");
        environment.put("CAMELBELL_MAIL_PORT", String.valueOf(toSmtp.port()));
        environment.put("CAMELBELL_MAIL_CONNECT_TIMEOUT", "2s");
        environment.put("CAMELBELL_MAIL_READ_TIMEOUT", "2s");
        environment.put("CAMELBELL_MAIL_ATTEMPT_TIMEOUT", "3s");
        environment.put("CAMELBELL_WHATSAPP_BASE_URL", "http://localhost:" + toCloud.port());
        environment.put("CAMELBELL_WHATSAPP_PHONE_NUMBER_ID", phoneNumberId);
        environment.put("CAMELBELL_WHATSAPP_ACCESS_TOKEN", accessToken);
        environment.put("CAMELBELL_WHATSAPP_CONNECT_TIMEOUT", "2s");
        environment.put("CAMELBELL_WHATSAPP_RESPONSE_TIMEOUT", "2s");
        environment.put("CAMELBELL_WHATSAPP_ATTEMPT_TIMEOUT", "3s");
        environment.put("CAMELBELL_DELIVERY_LEASE", "8s");
        environment.put("CAMELBELL_DELIVERY_UNWRITTEN", String.valueOf(UNWRITTEN));
        environment.put("CAMELBELL_ROUTES", folder.resolve("routes").toUri().toString());
        return environment;
    }

    /** Publishes the workload's users. */
    void post(Workload workload) {
        workload.users().forEach(user -> topics.post("users", user.get("id").asText(), user.toString()));
        topics.flush();
    }

    void post(List<Workload.Posted> events) {
        events.forEach(event -> topics.post("ticket-events", event.key(), event.value()));
        topics.flush();
    }

    /** WhatsApp messages that something else than the double has taken: notification and number. */
    void alsoTaken(List<Map.Entry<Long, String>> messages) {
        takenElsewhere.addAll(messages);
    }

    List<Map.Entry<Long, String>> takenElsewhere() {
        return takenElsewhere;
    }

    /** What no log may ever show. */
    List<String> secrets() {
        return List.of(accessToken, jwtSecret, Workload.TITLE_MARKER, Workload.MAIL_MARKER, Workload.NUMBER_MARKER);
    }

    /** I7 for every hub that still runs. */
    void checkBaselines(Findings findings) {
        baselines.forEach((hub, baseline) -> {
            if (hub.isAlive()) {
                baseline.check(hub, findings);
            }
        });
        Baseline.checkSessions(this, hubs.stream().filter(HubProcess::isAlive).count(), findings);
    }

    List<HubProcess> hubs() {
        return hubs;
    }

    Path folder() {
        return folder;
    }

    String jwtSecret() {
        return jwtSecret;
    }

    /** The processes of PostgreSQL, to be paused or killed. */
    PostgresProcesses postgresProcesses() {
        return new PostgresProcesses(folder.resolve("postgres"));
    }

    /** As after a power cut; it is away until {@link #startPostgres}. */
    void crashPostgres() {
        postgresProcesses().crash();
        postgres.close(); // finds nothing to stop, and lets go of the directory
    }

    void stopPostgres() {
        postgres.close();
    }

    void startPostgres() {
        postgres = startedPostgres();
    }

    private PostgresServer startedPostgres() {
        return PostgresServer.start(postgresPort, folder.resolve("postgres"));
    }

    void stopKafka() {
        kafka.close();
    }

    void startKafka() {
        kafka = startedKafka();
    }

    private KafkaBroker startedKafka() {
        return KafkaBroker.start(
                kafkaPort, folder.resolve("kafka"), new KafkaBroker.Detour(kafkaDetour, toKafka.port()));
    }

    @Override
    public void close() throws IOException {
        hubs.forEach(HubProcess::close);
        topics.close();
        kafka.close();
        postgres.close();
        smtp.close();
        cloud.close();
        for (FaultProxy proxy : List.of(toPostgres, toKafka, toSmtp, toCloud)) {
            proxy.close();
        }
        if (Boolean.getBoolean("faults.keep")) {
            System.out.println("kept: " + folder);
        } else {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
