package camelbell.runtime.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import camelbell.runtime.http.HttpError;
import camelbell.runtime.http.HttpServers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ServedPages
class ContractFilesTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    ContractFilesTest(@Autowired HttpServers servers) {
        this.port = servers.port();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/openapi.json, application/json",
        "/api/asyncapi.yaml, application/yaml",
        "/api/schemas/ticket-event.json, application/json",
        "/api/docs/, text/html; charset=utf-8",
        "/api/docs, text/html; charset=utf-8",
        "/api/docs/asyncapi, text/html; charset=utf-8",
        "/api/docs/reference/, text/html; charset=utf-8",
        "/api/docs/reference/errors, text/html; charset=utf-8",
        "/api/schemas/, text/html; charset=utf-8",
        "/api/schemas, text/html; charset=utf-8",
        "/api/docs/swagger-ui.css, text/css; charset=utf-8",
        "/api/docs/swagger-ui-bundle.js, text/javascript; charset=utf-8",
        "/api/docs/favicon-32x32.png, image/png"
    })
    void every_file_is_served_without_a_token_and_only_once_to_who_has_it(String path, String type) throws Exception {
        HttpResponse<byte[]> whole = send("GET", path);
        String etag = whole.headers().firstValue("ETag").orElseThrow();

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Type")).contains(type);
        assertThat(whole.headers().firstValue("Cache-Control")).isPresent();
        assertThat(whole.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self';")
                .doesNotContain("unsafe");
        HttpResponse<byte[]> head = send("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
        HttpResponse<byte[]> again = send("GET", path, "If-None-Match", "\"other\", W/" + etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/docs/", "/api/docs/asyncapi", "/api/docs/reference/", "/api/schemas/"})
    void a_page_needs_nothing_from_elsewhere_and_everything_it_names_is_there(String path) throws Exception {
        String page = text(path);

        assertThat(page).doesNotContain("style=", "onload").doesNotContainPattern("<script>");
        for (MatchResult link : Pattern.compile("(?:src|href)=\"([^\"#]+)")
                .matcher(page)
                .results()
                .toList()) {
            assertThat(link.group(1)).startsWith("/");
            assertThat(send("GET", link.group(1)).statusCode())
                    .as(link.group(1))
                    .isEqualTo(200);
        }
    }

    @Test
    void every_page_names_the_version_of_this_build() throws Exception {
        assumeTrue(
                getClass().getResource("/META-INF/build-info.properties") != null, "not compiled by Maven's own build");
        String version = Pattern.compile("<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        for (String path : List.of("/api/docs/", "/api/docs/asyncapi", "/api/docs/reference/errors")) {
            assertThat(text(path)).contains("<strong>Camelbell " + version + "</strong>");
        }
    }

    @Test
    void indexes_name_every_schema_and_every_page_of_the_reference() throws Exception {
        try (Stream<Path> schemas = Files.list(Path.of("src/main/resources/contracts/schemas"))) {
            assertThat(text("/api/schemas/"))
                    .contains(schemas.map(file -> "\"/api/schemas/" + file.getFileName() + "\"")
                            .toList());
            assertThat(text("/api/docs/reference/"))
                    .contains(served().stream()
                            .map(file -> "\"" + ("/api/docs/reference/" + file.getFileName()).replace(".md", "") + "\"")
                            .toList());
        }
    }

    /** Topics, frames, fields of nested objects and of other files, close codes: all that asyncapi.yaml says. */
    @Test
    void asyncapi_can_be_read() throws Exception {
        String page = text("/api/docs/asyncapi");
        JsonNode document = new YAMLMapper()
                .readTree(Path.of("src/main/resources/contracts/asyncapi.yaml").toFile());

        for (JsonNode channel : document.path("channels")) {
            assertThat(page).contains("<code>" + channel.path("address").asText() + "</code>");
        }
        for (JsonNode message : document.at("/components/messages")) {
            assertThat(page).contains("<h3>" + message.path("title").asText() + "</h3>");
        }
        document.findValue("x-close-codes").fieldNames().forEachRemaining(code -> assertThat(page)
                .contains("<td><code>" + code + "</code></td>"));
        assertThat(page)
                .contains("<code>data.ticket.priority</code>", "<code>seq</code>", "<code>ce_type</code>")
                .contains("<code>camelbell-error-code</code>", "<code>since</code>", "&quot;event_id&quot;")
                .doesNotContain("$ref", "%s");
    }

    @Test
    void an_error_leads_to_its_own_row_of_the_reference() throws Exception {
        String docs = HttpError.UNKNOWN_PATH.docs();
        String page = new String(send("GET", docs.replaceFirst("#.*", "")).body(), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("<title>Errors - Camelbell</title>")
                .contains("<td><a id=\"" + docs.replaceFirst(".*#", "") + "\"></a><code>unknown_path</code></td>");
    }

    /** The pages of the reference but the one that tells which versions run: no stranger is told (KnownHolesTest). */
    private static List<Path> served() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/docs/reference"))) {
            return pages.filter(page -> !page.endsWith("known-holes.md")).toList();
        }
    }

    @Test
    void links_between_pages_of_the_reference_lead_on() throws Exception {
        for (Path source : served()) {
            String path =
                    "/api/docs/reference/" + source.getFileName().toString().replace(".md", "");
            HttpResponse<byte[]> page = send("GET", path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            for (MatchResult link : Pattern.compile("href=\"([^\"#:]+)[\"#]")
                    .matcher(new String(page.body(), StandardCharsets.UTF_8))
                    .results()
                    .toList()) {
                String target = URI.create(path).resolve(link.group(1)).getPath();
                assertThat(send("GET", target).statusCode())
                        .as(path + " " + target)
                        .isEqualTo(200);
            }
        }
    }

    /** The content security policy holds: a script that it stopped would leave the page empty. */
    @Test
    void a_browser_shows_every_operation_on_the_page(@TempDir Path folder) throws Exception {
        Path chromium = Path.of("/usr/bin/chromium");
        assumeTrue(Files.isExecutable(chromium), "no Chromium on this machine");
        Path dom = folder.resolve("page.html");
        Process browser = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=60000",
                        "--dump-dom",
                        "http://localhost:" + port + "/api/docs/")
                .redirectOutput(dom.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            assertThat(browser.waitFor(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            browser.destroy();
        }

        String text = Files.readString(dom).replace("\u200b", "").replaceAll("<[^>]*>", "");
        assertThat(text)
                .contains("/api/notifications/unread_count/", "/api/notifications/{id}/mark_as_read/", "Authorize")
                .doesNotContain("Errors", "Could not resolve", "Failed to load");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void a_file_can_only_be_read(String method) throws Exception {
        HttpResponse<byte[]> answer = send(method, "/api/openapi.json");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/docs/../openapi.yaml",
                "/api/docs/index.html.bak",
                "/api/schemas/frame-ping",
                "/api/docs/asyncapi.html",
                "/api/schemas/..%2f..%2fapplication.yaml",
                "/api/docs/swagger-ui.js"
            })
    void nothing_else_of_the_jar_is_served(String path) throws Exception {
        assertThat(send("GET", path).statusCode()).isEqualTo(404);
    }

    private String text(String path) throws Exception {
        return new String(send("GET", path).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
