package camelbell.it;

import camelbell.CamelbellApplication;
import camelbell.dev.CloudApiDouble;
import camelbell.dev.FrontPage;
import camelbell.dev.Mailbox;
import camelbell.dev.MailboxPage;
import camelbell.dev.Ports;
import camelbell.dev.ProductionBeansOnly;
import camelbell.dev.ReceiptRules;
import camelbell.dev.SampleUsers;
import camelbell.dev.playground.Playground;
import camelbell.dev.playground.Surroundings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The playground with all that it stands on, the sample users in the directory, as an embedded start makes it. */
final class PlaygroundHub implements AutoCloseable {

    private static final int KEEP = 100;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Mailbox mailbox = new Mailbox("localhost", 0, 0, KEEP);
    private final MailboxPage mailboxPage = new MailboxPage(mailbox, "localhost", 0);
    private final Map<String, String> properties = Stack.quickProperties();
    private final CloudApiDouble whatsapp;
    private final int hubPort = Ports.free();
    private final int port = Ports.free();
    private final Playground playground;
    private final ConfigurableApplicationContext hub;

    /** @param folder for copies of the routes, with short waits */
    PlaygroundHub(Path folder) throws IOException {
        whatsapp = new CloudApiDouble(
                "localhost",
                0,
                setting("camelbell.whatsapp.phone-number-id"),
                setting("camelbell.whatsapp.access-token"),
                KEEP);
        whatsapp.sendReceipts(ReceiptRules.plain("http://localhost:" + hubPort + "/webhooks/whatsapp/", "shared", 0));
        Path routes = folder.resolve("routes");
        QuickRoutes quick = QuickRoutes.in(
                routes,
                "schedule: [30s, 5m, 15m, 1h, 4h, 12h]",
                "schedule: [1s, 1s, 1s, 1s, 1s, 1s]",
                "schedule: [1s, 1s, 5m, 30m, 2h, 6h]",
                "schedule: [1s, 1s, 1s, 1s, 1s, 1s]");
        Surroundings around = new Surroundings(
                hubPort,
                mailboxPage.port(),
                setting("camelbell.kafka.brokers"),
                setting("camelbell.kafka.topics.ticket-events"),
                Stack.jwtSecret(),
                routes,
                folder.resolve("tickets.ndjson"));
        playground = new Playground("localhost", port, around, mailbox, whatsapp, SampleUsers.all());
        properties.put("camelbell.http.port", String.valueOf(hubPort));
        properties.put("camelbell.http.allowed-origins", url(""));
        properties.put("camelbell.ticket-url", url("/tickets/{id}"));
        properties.put("camelbell.mail.port", String.valueOf(playground.mailPort()));
        properties.put("camelbell.whatsapp.base-url", whatsapp.baseUrl());
        properties.put("camelbell.whatsapp.app-secret", "shared");
        properties.put("camelbell.routes", quick.setting().replaceFirst("^camelbell.routes=", ""));
        SpringApplication application = new SpringApplication(CamelbellApplication.class);
        application.addInitializers(new ProductionBeansOnly(), FrontPage.of(port, around.mailboxPort()));
        hub = application.run(properties.entrySet().stream()
                .map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toArray(String[]::new));
        SampleUsers.publishOnce(setting("camelbell.kafka.brokers"), setting("camelbell.kafka.topics.users"));
    }

    private String setting(String name) {
        return properties.getOrDefault(name, "");
    }

    int port() {
        return port;
    }

    String hubUrl(String path) {
        return "http://localhost:" + hubPort + path;
    }

    String url(String path) {
        return "http://localhost:" + port + path;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** What the page shows. */
    JsonNode state() throws IOException, InterruptedException {
        return json(send("GET", url("/state"), "").body());
    }

    /** As a button of the page does it; the answer, which must be one of success. */
    JsonNode press(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, url(path), body, "Origin", url(""), "Sec-Fetch-Site", "same-origin");
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body().isEmpty() ? "{}" : answer.body());
    }

    /** What the hub tells that person there, past the playground or through what it can cut. */
    JsonNode asked(String hubUrl, long person, String path) throws IOException, InterruptedException {
        String token = json(send("GET", url("/token/" + person), "").body())
                .path("access")
                .asText();
        return json(send("GET", hubUrl + path, "", "Authorization", "Bearer " + token)
                .body());
    }

    static HttpResponse<String> send(String method, String url, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    @Override
    public void close() {
        hub.close();
        playground.close();
        whatsapp.close();
        mailboxPage.close();
        mailbox.close();
    }
}
