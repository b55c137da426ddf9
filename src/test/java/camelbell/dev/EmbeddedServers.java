package camelbell.dev;

import camelbell.dev.playground.Playground;
import camelbell.dev.playground.Surroundings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The servers around an embedded hub; PostgreSQL and Kafka start side by side. */
final class EmbeddedServers implements AutoCloseable {

    private static final String HOST = "localhost";
    private static final int KEEP = 1000;
    private static final int DEFAULT_PLAYGROUND = 3000;
    private static final Path ROUTES = Path.of("routes").toAbsolutePath();
    private static final int RECEIPT_DELAY_MS = 1000;
    private static final String PHONE_NUMBER_ID = "106540352242922";

    private final String accessToken = UUID.randomUUID().toString();
    private final String appSecret = UUID.randomUUID().toString();
    private final String verifyToken = UUID.randomUUID().toString();
    private final EmbeddedPorts ports;
    private final EmbeddedFolder folder;
    private final HubSettings overrides;
    private final Map<String, String> database = new LinkedHashMap<>();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private @Nullable Playground playground;

    private EmbeddedServers(EmbeddedPorts ports, EmbeddedFolder folder, HubSettings overrides) {
        this.ports = ports;
        this.overrides = overrides;
        this.folder = folder;
    }

    /** @param withPlayground false: its people are not there */
    static EmbeddedServers start(
            EmbeddedPorts ports, EmbeddedFolder folder, HubSettings overrides, boolean withPlayground) {
        EmbeddedServers servers = new EmbeddedServers(ports, folder, overrides);
        try {
            servers.start(withPlayground);
            return servers;
        } catch (CompletionException e) {
            servers.close();
            throw new CannotStart("An embedded server did not start: " + e.getCause(), e);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void start(boolean withPlayground) {
        CompletableFuture<Void> postgres = CompletableFuture.runAsync(() -> {
            PostgresServer server = Screen.doing(
                    "PostgreSQL, port " + ports.postgres,
                    () -> started(PostgresServer.start(ports.postgres, folder.postgres())));
            database.putAll(server.database("camelbell"));
        });
        CompletableFuture<KafkaBroker> kafka = CompletableFuture.supplyAsync(() -> Screen.doing(
                "Kafka, port " + ports.kafka, () -> started(KafkaBroker.start(ports.kafka, folder.kafka()))));
        Mailbox mailbox;
        CloudApiDouble whatsApp;
        try {
            mailbox = Screen.doing("Mailbox, port " + ports.mailbox, () -> {
                Mailbox box = started(new Mailbox(HOST, ports.smtp, ports.imap, KEEP, folder.mailbox()));
                started(new MailboxPage(box, HOST, ports.mailbox));
                return box;
            });
            whatsApp = Screen.doing("WhatsApp double, port " + ports.whatsapp, this::whatsApp);
            whatsApp.sendReceipts(ReceiptRules.plain(
                    "http://" + HOST + ":" + ports.http + "/webhooks/whatsapp/", appSecret, RECEIPT_DELAY_MS));
        } finally {
            CompletableFuture.allOf(postgres, kafka).join();
        }
        if (withPlayground) {
            playground = playground(mailbox, whatsApp);
        }
    }

    private CloudApiDouble whatsApp() {
        return started(new CloudApiDouble(HOST, ports.whatsapp, PHONE_NUMBER_ID, accessToken, KEEP, folder.received()));
    }

    /** Null when its port is taken, perhaps by the frontend that somebody develops: the hub starts without it. */
    private @Nullable Playground playground(Mailbox mailbox, CloudApiDouble whatsApp) {
        if (Ports.isTaken(ports.playground)) {
            return null;
        }
        Surroundings around = new Surroundings(
                ports.http,
                ports.mailbox,
                kafkaBrokers(),
                overrides.eventsTopic(),
                folder.secret(),
                ROUTES,
                folder.tickets());
        return Screen.doing(
                "Playground, port " + ports.playground,
                () -> started(new Playground(HOST, ports.playground, around, mailbox, whatsApp, SampleUsers.all())));
    }

    boolean hasPlayground() {
        return playground != null;
    }

    private synchronized <T extends AutoCloseable> T started(T server) {
        started.push(server);
        return server;
    }

    String kafkaBrokers() {
        return HOST + ":" + ports.kafka;
    }

    /** What the hub has to know. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(database);
        settings.put("camelbell.routes", "file:" + ROUTES);
        settings.put(HubSettings.RELOAD, "true");
        settings.put("camelbell.http.port", String.valueOf(ports.http));
        settings.put("camelbell.http.public-url", "http://" + HOST + ":" + ports.http);
        settings.put("management.server.port", String.valueOf(ports.management));
        settings.put("camelbell.kafka.brokers", kafkaBrokers());
        settings.put("camelbell.jwt.secrets", folder.secret());
        settings.put("camelbell.mail.host", HOST);
        Playground page = playground;
        settings.put("camelbell.mail.port", String.valueOf(page == null ? ports.smtp : page.mailPort()));
        if (page != null && ports.playground != DEFAULT_PLAYGROUND) {
            String origin = "http://" + HOST + ":" + ports.playground;
            settings.put("camelbell.http.allowed-origins", "http://" + HOST + ":" + DEFAULT_PLAYGROUND + "," + origin);
            settings.put("camelbell.ticket-url", origin + "/tickets/{id}");
        }
        settings.put("camelbell.mail.bounces-to", "bounces@localhost");
        settings.put("camelbell.bounces.enabled", "true");
        settings.put("camelbell.bounces.protocol", "imap");
        settings.put("camelbell.bounces.port", String.valueOf(ports.imap));
        settings.put("camelbell.bounces.username", "bounces");
        settings.put("camelbell.bounces.password", "bounces");
        settings.put("camelbell.bounces.look-every-ms", "1000");
        settings.put("camelbell.whatsapp.base-url", "http://" + HOST + ":" + ports.whatsapp);
        settings.put("camelbell.whatsapp.phone-number-id", PHONE_NUMBER_ID);
        settings.put("camelbell.whatsapp.access-token", accessToken);
        settings.put("camelbell.whatsapp.app-secret", appSecret);
        settings.put("camelbell.whatsapp.verify-token", verifyToken);
        return settings;
    }

    /** Stops them all, the newest first, whatever one of them says. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            AutoCloseable server = started.pop();
            try {
                server.close();
            } catch (Exception e) {
                System.err.println(server + " did not stop cleanly: " + e);
            }
        }
    }
}
