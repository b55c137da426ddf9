package camelbell.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EmbeddedHubTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_taken_port_is_named_with_its_use_and_the_option_that_moves_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPorts ports =
                    CommandLine.populateCommand(new EmbeddedPorts(), "--kafka-port=" + taken.getLocalPort());

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " for Kafka is taken, perhaps by another"
                            + " camelbell; who has it: ")
                    .hasMessageContaining("-Dspring-boot.run.arguments=--kafka-port=");
        }
    }

    @Test
    void a_taken_port_of_the_playground_stops_no_start_and_the_start_block_says_what_helps() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPorts ports = new EmbeddedPorts();
            new CommandLine(ports).parseArgs(moved("--playground-port=" + taken.getLocalPort()));
            ports.requireFree();

            assertThat(ports.playgroundTaken())
                    .contains("Port " + taken.getLocalPort() + " for the playground is taken")
                    .contains("-Dspring-boot.run.arguments=--playground-port=");
        }
    }

    /** Every port is another than the fixed one, which something on this machine may have. */
    private static String[] moved(String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        for (String one : List.of("http", "management", "kafka", "postgres", "smtp", "imap", "mailbox", "whatsapp")) {
            all.add("--" + one + "-port=" + Ports.free());
        }
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void a_number_that_is_no_port_is_refused_in_a_sentence(int number) {
        EmbeddedPorts ports = CommandLine.populateCommand(new EmbeddedPorts(), "--kafka-port=" + number);

        assertThatThrownBy(ports::requireFree)
                .isInstanceOf(CannotStart.class)
                .hasMessage("--kafka-port=" + number + " is no port: those are 1 to 65535.");
    }

    @Test
    void settings_of_the_hub_go_before_those_of_the_embedded_servers_and_a_typing_error_is_none() {
        HubSettings settings = HubSettings.parse(List.of("--camelbell.delivery.lease=5s"));

        assertThat(settings.argumentsOver(Map.of("camelbell.delivery.lease", "1m")))
                .containsExactly("--camelbell.delivery.lease=5s");
        assertThatThrownBy(() -> HubSettings.parse(List.of("--rest")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("There is no option --rest");
    }

    @Test
    void the_secret_stays_until_a_reset() {
        EmbeddedFolder embedded = EmbeddedFolder.open(folder);
        String secret = embedded.secret();

        assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
        assertThat(embedded.secret()).isEqualTo(secret);
        embedded.reset();
        assertThat(embedded.secret()).isNotEqualTo(secret);
    }

    @Test
    void the_command_has_what_the_hub_was_told_and_starts_no_second_one() throws Exception {
        EmbeddedFolder embedded = EmbeddedFolder.open(folder);
        Map<String, String> settings = HubSettings.parse(List.of("--camelbell.kafka.topics.users=people"))
                .over(Map.of("spring.datasource.url", "jdbc:postgresql://localhost:1/it's \"mine\""));
        embedded.writeCommand(settings);

        assertThat(Files.readString(embedded.command()))
                .contains("-Dcamelbell.kafka.topics.users=people", "-Dspring.datasource.url=jdbc:postgresql:");
        assertThat(typed()).startsWith("0 ").contains("Usage: camelbell");
        assertThat(typed("--camelbell.http.port=1")).startsWith("2 ").contains("Unknown option");
        assertThat(typed("deliveries", "list")).startsWith("1 ").contains("localhost:1 refused");
    }

    private String typed(String... args) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + folder.resolve("camelbell")));
        line.addAll(List.of(args));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + printed;
    }

    @Test
    void a_folder_that_another_one_has_is_named_with_its_process() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockedFolder.class.getName(),
                        folder.toString())
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> EmbeddedFolder.open(folder))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Another camelbell is running on " + folder)
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly();
        }
    }

    /** Another process that has the folder. */
    static final class LockedFolder {

        public static void main(String[] args) throws InterruptedException {
            EmbeddedFolder.open(Path.of(args[0]));
            System.out.println("locked");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void mails_and_messages_stay_until_a_reset() throws Exception {
        EmbeddedFolder embedded = EmbeddedFolder.open(folder);
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 2, embedded.mailbox())) {
            for (int i = 0; i < 5; i++) {
                MailboxTest.send(mailbox, "<" + i + "@camelbell>", "Ticket " + i, "someone@example.org");
            }
            mailbox.deliverReport("Subject: a report\r\n\r\nof a mail server");
        }
        try (CloudApiDouble cloud = double42(embedded)) {
            post(cloud, "4711");
        }

        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 2, embedded.mailbox());
                CloudApiDouble cloud = double42(embedded)) {
            assertThat(mailbox.newest(1).get(0).getSubject()).isEqualTo("Ticket 4");
            assertThat(mailbox.newest(100)).hasSizeBetween(2, 4);
            assertThat(mailbox.left("bounces")).isEqualTo(1);
            assertThat(cloud.counts()).isEqualTo(new ReceivedMessages.Counts(1, 1, 1, 0));
            post(cloud, "4711");
            assertThat(cloud.counts().duplicates()).isEqualTo(1);
        }
        embedded.reset();
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 2, embedded.mailbox());
                CloudApiDouble cloud = double42(embedded)) {
            assertThat(mailbox.newest(100)).isEmpty();
            assertThat(cloud.received(100)).isEmpty();
        }
    }

    private static CloudApiDouble double42(EmbeddedFolder embedded) {
        return new CloudApiDouble("localhost", 0, "42", "secret", 3, embedded.received());
    }

    private static void post(CloudApiDouble cloud, String callback) throws Exception {
        HttpRequest message = HttpRequest.newBuilder(URI.create(cloud.baseUrl() + "/v23.0/42/messages"))
                .header("Authorization", "Bearer secret")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"messaging_product\":\"whatsapp\",\"to\":\"12025550101\","
                        + "\"type\":\"text\",\"text\":{\"body\":\"hi\"},\"biz_opaque_callback_data\":\"" + callback
                        + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(message, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_postgresql_holds_survives_a_restart() throws Exception {
        try (PostgresServer first = PostgresServer.start(Ports.free(), folder);
                Connection connection = connect(first)) {
            connection.createStatement().execute("CREATE TABLE kept (id bigint)");
        }
        try (PostgresServer second = PostgresServer.start(Ports.free(), folder);
                Connection connection = connect(second);
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM kept")) {
            assertThat(rows.next()).isTrue();
        }
    }

    private static Connection connect(PostgresServer server) throws Exception {
        Map<String, String> database = server.database("camelbell");
        return DriverManager.getConnection(
                database.getOrDefault("spring.datasource.url", ""),
                database.get("spring.datasource.username"),
                database.get("spring.datasource.password"));
    }
}
