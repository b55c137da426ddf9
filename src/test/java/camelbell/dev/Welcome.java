package camelbell.dev;

import camelbell.identity.TokenMinter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The last thing that an embedded start prints: where everything is, and what to type first. */
final class Welcome {

    private static final Duration TOKENS_LIVE = Duration.ofDays(30);

    private final EmbeddedPorts ports;
    private final EmbeddedFolder folder;
    private final EmbeddedServers servers;
    private final boolean samples;

    Welcome(EmbeddedPorts ports, EmbeddedFolder folder, EmbeddedServers servers, boolean samples) {
        this.samples = samples;
        this.ports = ports;
        this.folder = folder;
        this.servers = servers;
    }

    /** Waits until the API answers the sample admin so: 200 when it knows the sample users, 401 without them. Past the limit the start goes on, and the log tells why. */
    void awaitApi(Duration limit) {
        int status = samples ? 200 : 401;
        HttpRequest request = HttpRequest.newBuilder(URI.create(api()))
                .timeout(Duration.ofSeconds(2))
                .header("Authorization", "Bearer " + token("ADMIN"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (System.nanoTime() < until && !answers(client, request, status)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request, int status) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException e) {
            return false;
        }
    }

    String text(Duration took) {
        return TEXT.replace("{people}\n", samples ? SAMPLES : NO_SAMPLES)
                .replace("{seconds}", "%.1f".formatted(took.toMillis() / 1000.0))
                .replace("{playground}", playground())
                .replace("{api}", api())
                .replace("{docs}", "http://localhost:" + ports.http + "/api/docs/")
                .replace("{log}", folder.path().resolve("camelbell.log").toString())
                .replace("{http}", String.valueOf(ports.http))
                .replace("{management}", String.valueOf(ports.management))
                .replace("{mailbox}", String.valueOf(ports.mailbox))
                .replace("{imap}", String.valueOf(ports.imap))
                .replace("{whatsapp}", String.valueOf(ports.whatsapp))
                .replace("{kafka}", servers.kafkaBrokers())
                .replace("{postgres}", String.valueOf(ports.postgres))
                .replace("{client}", String.valueOf(id("CLIENT")))
                .replace("{admin}", String.valueOf(id("ADMIN")))
                .replace("{admin-token}", token("ADMIN"))
                .replace("{client-token}", token("CLIENT"))
                .replace("{developer-token}", token("DEVELOPER"))
                .replace("{data}", folder.path().toString())
                .replace("{command}", folder.command().toString());
    }

    private static final String TEXT =
            """

            --------------------------------------------------------------------------------
            Camelbell is ready, {seconds} s after its start.

              {playground}

              API         {api}
                          {docs}   to read and try
              WebSocket   ws://localhost:{http}/ws/notifications/?token=TOKEN
              Routes      routes/   what you save there is checked and runs at once
              Operations  http://localhost:{http}/operations/   the routes at work, failures, dead letters
              Health      http://localhost:{management}/actuator/health
              Mailbox     http://localhost:{mailbox}/   (IMAP: port {imap}, mailbox, mailbox)
              WhatsApp    http://localhost:{whatsapp}/received
              Kafka       {kafka}
              PostgreSQL  jdbc:postgresql://localhost:{postgres}/camelbell   (camelbell, camelbell)

            {people}

            More commands, such as replay and token: java @{command} --help
            Ctrl-C stops everything. The data stays in {data}, the log is {log}; to start anew:
              mvn spring-boot:test-run -Dspring-boot.run.arguments=--reset
            """;

    private static final String SAMPLES =
            """
            Tokens, good for 30 days
              an admin     {admin-token}
              a client     {client-token}
              a developer  {developer-token}

            Open the admin's WebSocket in a second terminal:
              java @{command} listen --user {admin}
            Post a first event to Kafka, then ask what the admin was told:
              java @{command} send ticket_created --creator {client}
              curl -H "Authorization: Bearer {admin-token}" {api}
            Watch the routes at work in a browser:
              http://localhost:{http}/operations/#token={admin-token}
            """;

    private static final String NO_SAMPLES =
            """
            There are no sample users. To fill the directory and see what becomes of real events:
              java @{command} replay --users FILE --events FILE
              java @{command} token --user ID
            """;

    private String playground() {
        if (!samples) {
            return "Playground  none: it is the sample users'";
        }
        return servers.hasPlayground()
                ? "Playground  http://localhost:" + ports.playground
                        + "/   begin here: three people, a ticket, every channel, things to break"
                : "Playground  not started. " + ports.playgroundTaken();
    }

    private String api() {
        return "http://localhost:" + ports.http + "/api/notifications/";
    }

    private String token(String role) {
        return TokenMinter.mint(
                servers.settings().getOrDefault("camelbell.jwt.secrets", ""), id(role), Instant.now(), TOKENS_LIVE);
    }

    private static long id(String role) {
        return SampleUsers.all().stream()
                .filter(user -> user.get("role").asText().equals(role))
                .map((JsonNode user) -> user.get("id").asLong())
                .findFirst()
                .orElseThrow();
    }
}
