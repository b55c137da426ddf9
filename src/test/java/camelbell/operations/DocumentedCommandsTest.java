package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import camelbell.browser.Page;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the documentation, typed as they stand there: every block of kind sh is run by bash beside a hub with the
 * sample users, unless it is listed here with the reason. The tutorial is followed to its end.
 */
@TestMethodOrder(OrderAnnotation.class)
class DocumentedCommandsTest {

    /** By the word that such a block begins with. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "mvn", "builds this project, or starts a hub of its own",
            "unzip", "reads the packaged jar",
            "acls", "is a tool of Kafka's own distribution",
            "kafka-configs.sh", "is a tool of Kafka's own distribution",
            "kafka-console-consumer.sh", "is a tool of Kafka's own distribution",
            "kafka-consumer-groups.sh", "is a tool of Kafka's own distribution",
            "sh", "prepares the packaged jar; NewerJavaIT runs it",
            "node", "waits for a client; the tests of src/web/conformance start it");

    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(java|curl|mvn|docker|kafka-[a-z-]+\\.sh|camelbell|echo|export) ");
    private static final Pattern INLINE =
            Pattern.compile("`java (?:@\\.embedded/camelbell|-jar camelbell\\.jar) ([^`]*)`");
    private static final Path TUTORIAL = Path.of("src/docs/tutorial/change-who-is-told.md");
    private static final Path FIRST_NOTIFICATION = Path.of("src/docs/tutorial/first-notification.md");
    private static final Pattern ORIGINS = Pattern.compile("--camelbell\\.http\\.allowed-origins=(\\S+)");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static DocumentedHub hub;

    @RegisterExtension
    static final Browsers BROWSERS = new Browsers();

    @BeforeAll
    static void start() throws IOException {
        Matcher origins = ORIGINS.matcher(Files.readString(FIRST_NOTIFICATION));
        assertThat(origins.find()).isTrue();
        hub = new DocumentedHub(folder, origins.group(1));
    }

    @AfterAll
    static void stop() throws IOException {
        hub.close();
    }

    /** What the page has its reader write is what is written, and the browser shows what it says. */
    @Test
    @Order(1)
    @Tag("long")
    void whoever_follows_the_first_tutorial_has_a_bell_in_a_page_of_their_own() throws Exception {
        List<PageBlock> steps = PageBlock.of(FIRST_NOTIFICATION);
        Path own = Files.createDirectory(hub.folderOf(FIRST_NOTIFICATION).resolve("my-page"));
        Files.writeString(own.resolve("index.html"), hub.here(only(steps, "html")));
        Files.writeString(own.resolve("Site.java"), hub.here(only(steps, "java")));
        List<PageBlock> typed = steps.stream()
                .filter(PageBlock::isRun)
                .filter(step -> !isNotRun(step))
                .toList();
        assertThat(typed).hasSize(2);

        Process site = hub.start(typed.get(0));
        try {
            await().until(() -> answers(hub.siteAddress() + "camelbell-token"));
            Page page = BROWSERS.get(Browser.CHROMIUM).open(hub.siteAddress());
            page.evaluate("void (globalThis.bell = document.querySelector('camelbell-bell'))");
            page.until("bell.getAttribute('status') === 'live' && bell.hasAttribute('unread')");
            int unread = page.evaluate("Number(bell.getAttribute('unread'))").asInt();

            shows(typed.get(1));

            page.until("Number(bell.getAttribute('unread')) === " + (unread + 1));
            page.clickOn("bell.shadowRoot.querySelector('[part~=button]')");
            page.until("bell.shadowRoot.querySelector('[part~=panel]')?.innerText.includes('My first ticket')");
            // seen is read, over every channel
            await().until(() -> hub.query(
                            "SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                                    + " WHERE e.ticket_title = 'My first ticket' AND n.recipient = 1 AND n.read_at IS NULL")
                    == 0);
            assertThat(page.console()).noneMatch(line -> line.startsWith("error"));
        } finally {
            site.descendants().forEach(ProcessHandle::destroy);
            site.destroy();
        }
    }

    /** Before all others but the one above, while the tables are as after a first start. */
    @Test
    @Order(2)
    void whoever_follows_the_tutorial_sees_what_it_shows() throws Exception {
        List<PageBlock> steps = PageBlock.of(TUTORIAL);
        List<PageBlock> typed = steps.stream()
                .filter(PageBlock::isRun)
                .filter(step -> !isNotRun(step))
                .toList();
        PageBlock row = steps.stream()
                .filter(step -> step.language().equals("yaml"))
                .findFirst()
                .orElseThrow();
        PageBlock before = steps.stream()
                .filter(step -> step.text().contains("tell: [admins]\n"))
                .findFirst()
                .orElseThrow();
        Path policy = hub.policy();

        assertThat(typed).hasSize(4);
        shows(typed.get(0));
        String changed = Files.readString(policy).replace(before.text(), row.text());
        assertThat(changed).contains(row.text());
        String digest = hub.digest();
        Files.writeString(policy, changed);
        await().until(() -> !hub.digest().equals(digest));
        shows(typed.get(1));
        shows(typed.get(2));

        Files.writeString(policy, changed.replace("ticket.priority} in", "ticket.prioritty} in"));
        assertThat(hub.run(typed.get(3), ExitCode.FAILED).replaceAll("\\s+", " "))
                .contains(typed.get(3).shown().replaceAll("\\s+", " ").strip());
        Files.writeString(policy, changed);
    }

    /** On a busy machine send may end before the last one is told; then the hub's own records say it. */
    private static void shows(PageBlock step) throws IOException, InterruptedException {
        String printed = hub.run(step, ExitCode.DONE);
        Set<String> shown = told(step.shown());
        String event = new JsonMapper().readTree(printed).path("id").asText();

        assertThat(shown).hasSizeGreaterThan(5).containsAll(told(printed));
        assertThat(told(printed)).isNotEmpty();
        await().untilAsserted(() -> assertThat(hub.told(event)).isEqualTo(shown));
    }

    private static String only(List<PageBlock> steps, String language) {
        List<PageBlock> blocks =
                steps.stream().filter(step -> step.language().equals(language)).toList();
        assertThat(blocks).hasSize(1);
        return blocks.get(0).text();
    }

    private static boolean answers(String address) {
        try (InputStream answer = URI.create(address).toURL().openStream()) {
            return answer.read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Of {@code user 1: EMAIL sent, SYSTEM sent}: "1 EMAIL sent" and "1 SYSTEM sent". */
    private static Set<String> told(String lines) {
        return lines.lines()
                .filter(line -> line.startsWith("user "))
                .flatMap(line -> Arrays.stream(
                                line.substring(line.indexOf(':') + 1).split(","))
                        .map(one -> line.substring("user ".length(), line.indexOf(':')) + " " + one.strip()))
                .collect(Collectors.toSet());
    }

    private static Stream<PageBlock> blocks() throws IOException {
        return PageBlock.all().stream()
                .filter(PageBlock::isRun)
                .filter(block -> !isNotRun(block))
                .filter(block -> !block.page().equals(TUTORIAL) && !block.page().equals(FIRST_NOTIFICATION));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    @Order(3)
    void every_command_of_the_documentation_runs_as_it_stands_there(PageBlock block) throws Exception {
        assertThat(hub.run(block, ExitCode.DONE)).contains(block.shown());
    }

    @Test
    void what_looks_like_a_command_is_marked_as_one_and_what_is_not_run_is_there() throws IOException {
        List<PageBlock> all = PageBlock.all();

        assertThat(all.stream().filter(block -> !block.isRun()).filter(block -> COMMAND.matcher(block.text())
                        .find()))
                .as("a block of commands begins with ```sh")
                .isEmpty();
        assertThat(NOT_RUN.keySet()).allSatisfy(word -> assertThat(all)
                .anyMatch(block -> block.isRun() && firstWord(block).equals(word)));
    }

    @Test
    void commands_within_sentences_are_understood() throws IOException {
        for (Path page : PageBlock.pages()) {
            INLINE.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(line -> !line.contains("…"))
                    .forEach(line -> assertThatCode(
                                    () -> Typed.COMMANDS.commandLine().parseArgs(line.split(" ")))
                            .as(page + ": " + line)
                            .doesNotThrowAnyException());
        }
    }

    private static boolean isNotRun(PageBlock block) {
        return NOT_RUN.containsKey(firstWord(block));
    }

    private static String firstWord(PageBlock block) {
        return block.text().split("[ =\n]", 2)[0];
    }
}
