package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.CloudApiDouble;
import camelbell.dev.Mailbox;
import camelbell.dev.Ports;
import camelbell.dev.ReceiptRules;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/** A hub with the sample users, with all that the documentation's commands reach, and shells to type them in. */
final class DocumentedHub implements AutoCloseable {

    private static final String SAMPLE_USERS = "src/test/resources/embedded/users.ndjson";
    private static final int LATER_THAN_THE_TUTORIAL_MS = 600_000;
    private static final String APP_SECRET = "an app secret of the tests";

    private final Mailbox mailbox = new Mailbox("localhost", 0, 0, 100);
    private final CloudApiDouble whatsapp = new CloudApiDouble("localhost", 0, "42", "access", 100);
    private final int site = Ports.free();
    private final Path folder;
    private final CommandHub hub;
    private final TypedFromShells commands;

    /**
     * Has one event to explain.
     *
     * @param folder where its routes and the shells' folders are made
     * @param origins what the reader is told to set as camelbell.http.allowed-origins
     */
    DocumentedHub(Path folder, String origins) throws IOException {
        this.folder = folder;
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
        hub = new CommandHub(Map.of(
                "camelbell.mail.port",
                String.valueOf(mailbox.smtpPort()),
                "camelbell.whatsapp.base-url",
                whatsapp.baseUrl(),
                "camelbell.whatsapp.phone-number-id",
                "42",
                "camelbell.whatsapp.access-token",
                "access",
                "camelbell.whatsapp.app-secret",
                APP_SECRET,
                "camelbell.routes",
                "file:" + folder.resolve("routes"),
                "camelbell.reload",
                "true",
                "camelbell.http.allowed-origins",
                site(origins)));
        commands = new TypedFromShells(Files.createDirectory(folder.resolve("printed")));
        mailbox.deliverReport("Subject: a report\r\n\r\nof a mail server");
        whatsapp.sendReceipts(ReceiptRules.plain(
                "http://localhost:" + hub.port() + "/webhooks/whatsapp/", APP_SECRET, LATER_THAN_THE_TUTORIAL_MS));
        Path event = Files.writeString(
                folder.resolve("event.ndjson"),
                new JsonMapper()
                        .readTree(Path.of("src/main/resources/contracts/schemas/ticket-event.json")
                                .toFile())
                        .at("/examples/0")
                        .toString());
        assertThat(Typed.in("replay", "--users", SAMPLE_USERS, "--events", event.toString())
                        .exitCode())
                .isZero();
        await().until(() ->
                query("SELECT count(*) FROM person") == 5 && query("SELECT count(*) FROM ticket_event") == 1);
    }

    Path policy() {
        return folder.resolve("routes/policy.yaml");
    }

    /** Where a page's reader stands. */
    Path folderOf(Path page) throws IOException {
        Path here = Files.createDirectories(folder.resolve("pages").resolve(String.valueOf(page.getFileName())));
        if (!Files.exists(here.resolve("routes"))) {
            Files.createSymbolicLink(here.resolve("routes"), folder.resolve("routes"));
        }
        return here;
    }

    /** Of the site that a page has its reader make. */
    String siteAddress() {
        return "http://localhost:" + site + "/";
    }

    long query(String sql) {
        return hub.query(sql);
    }

    Set<String> told(String event) {
        return hub.told(event);
    }

    /** Of the tables that the hub runs by, as its health has it. */
    String digest() throws IOException {
        try (InputStream health = URI.create("http://localhost:" + hub.managementPort() + "/actuator/health")
                .toURL()
                .openStream()) {
            return new JsonMapper().readTree(health).findPath("digest").asText();
        }
    }

    /** What a page says, with the ports that are used here. */
    String here(String text) {
        return site(text)
                .replace("localhost:8000", "localhost:" + hub.port())
                .replace("localhost:9000", "localhost:" + hub.managementPort())
                .replace("localhost:8090", "localhost:" + whatsapp.port())
                .replace("localhost:3143", "localhost:" + mailbox.imapPort());
    }

    /** In an address, or in the program of the site. */
    private String site(String text) {
        return text.replace("localhost:4000", "localhost:" + site)
                .replace("\"localhost\", 4000", "\"localhost\", " + site);
    }

    /** Everything that it prints. */
    String run(PageBlock block, int exitCode) throws IOException, InterruptedException {
        Process shell = start(block);
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as("%s%n%s", block.text(), printed).isEqualTo(exitCode);
        return printed;
    }

    /** For what does not end by itself; the caller's to end. */
    Process start(PageBlock block) throws IOException {
        ProcessBuilder bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        TypedFromShells.PRELUDE
                                + "curl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n"
                                + "set -eo pipefail\n"
                                + here(block.text()))
                .directory(folderOf(block.page()).toFile())
                .redirectErrorStream(true);
        bash.environment()
                .putAll(Map.of(
                        "COMMANDS", String.valueOf(commands.port()),
                        "PRINTED", folder.resolve("printed").toString(),
                        "TOKEN", Typed.in("token", "--user", "1").out().strip()));
        return bash.start();
    }

    @Override
    public void close() throws IOException {
        commands.close();
        hub.close();
        mailbox.close();
        whatsapp.close();
    }
}
