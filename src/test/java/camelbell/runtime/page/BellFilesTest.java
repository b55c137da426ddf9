package camelbell.runtime.page;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.runtime.http.HttpServers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The bell as pages of any site load it. */
@ServedPages
class BellFilesTest {

    private static final Path DIST = Path.of("src/web/bell/dist");
    private static final String FILE = "camelbell-bell.js";
    private static final String NEWEST = "/bell/" + FILE;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    BellFilesTest(@Autowired HttpServers servers) {
        this.port = servers.port();
    }

    @Test
    void the_newest_is_asked_for_again_each_time_and_sent_only_to_who_has_another() throws Exception {
        HttpResponse<byte[]> whole = send("GET", NEWEST);

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(Files.readAllBytes(DIST.resolve(FILE)));
        assertThat(whole.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(whole.headers().firstValue("Cache-Control")).contains("no-cache");
        HttpResponse<byte[]> head = send("HEAD", NEWEST);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(whole.body().length);
        String etag = whole.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> again = send("GET", NEWEST, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void every_version_is_served_for_ever() throws Exception {
        for (String version : versions()) {
            HttpResponse<byte[]> whole = send("GET", "/bell/" + version + "/" + FILE);

            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body())
                    .isEqualTo(Files.readAllBytes(DIST.resolve(version).resolve(FILE)));
            assertThat(whole.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(whole.headers().firstValue("ETag")).isPresent();
        }
    }

    /** Allowed as http://localhost:3000 is for the API, listed nowhere, and that of a page without an origin. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"http://localhost:3000", "https://elsewhere.example", "null"})
    void pages_of_every_origin_get_the_same_answer(String origin) throws Exception {
        for (String path :
                List.of(NEWEST, "/bell/" + versions().get(0) + "/" + FILE, "/bell/", "/bell/9.9.9/" + FILE)) {
            HttpResponse<byte[]> answer = origin == null ? send("GET", path) : send("GET", path, "Origin", origin);

            assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("cross-origin");
            assertThat(answer.headers().firstValue("Vary")).isEmpty();
        }
    }

    @Test
    void a_preflight_of_any_origin_may_read_and_nothing_else() throws Exception {
        HttpResponse<byte[]> answer = send(
                "OPTIONS",
                NEWEST,
                "Origin",
                "https://elsewhere.example",
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "if-none-match");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, HEAD, OPTIONS");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).contains("*");
        assertThat(send("GET", "/api/openapi.json", "Origin", "https://elsewhere.example")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .as("the API has its list, as ever")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void the_bell_can_only_be_read(String method) throws Exception {
        for (String path : List.of(NEWEST, "/bell/")) {
            HttpResponse<byte[]> answer = send(method, path);

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bell/9.9.9/camelbell-bell.js",
                "/bell/versions.json",
                "/bell/types/index.d.ts",
                "/bell/index.html",
                "/bell/1.0.0/",
                "/bell/1.0.0/versions.json",
                "/bell/../application.yaml",
                "/bell/..%2fapplication.yaml",
                "/bell/%2e%2e/application.yaml",
                "/bell//camelbell-bell.js",
                "/bells/camelbell-bell.js",
                "/Bell/camelbell-bell.js"
            })
    void nothing_else_of_the_jar_is_served(String path) throws Exception {
        HttpResponse<byte[]> answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer.body()).path("code").asText()).isEqualTo("unknown_path");
    }

    @Test
    void the_page_shows_the_two_lines_with_the_address_it_was_asked_by_and_each_version_with_its_digest()
            throws Exception {
        String page = text(send("GET", "/bell/"));
        JsonNode table = json(Files.readAllBytes(DIST.resolve("versions.json")));

        assertThat(page)
                .contains("&lt;script type=&quot;module&quot; src=&quot;http://localhost:" + port
                        + "/bell/camelbell-bell.js&quot;&gt;&lt;/script&gt;\n&lt;camelbell-bell token-url=")
                .contains("/bell/" + table.path("current").asText()
                        + "/camelbell-bell.js&quot;\n  integrity=&quot;sha384-");
        for (String version : versions()) {
            assertThat(page)
                    .contains(table.at("/versions")
                            .path(version)
                            .path("integrity")
                            .asText());
        }
        assertThat(text(send("GET", "/bell"))).isEqualTo(page);
        assertThat(text(send("GET", "/bell/", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "hub.example.org")))
                .contains("src=&quot;https://hub.example.org/bell/camelbell-bell.js&quot;");
    }

    /** What is in the jar and what pages name with its digest is one thing; Maven alone tells, without Node. */
    @Test
    void the_digests_are_those_of_the_files() throws Exception {
        JsonNode table = json(Files.readAllBytes(DIST.resolve("versions.json")));

        for (String version : versions()) {
            JsonNode one = table.at("/versions").path(version);
            assertThat(one.path("file").asText()).isEqualTo(version + "/" + FILE);
            assertThat(one.path("integrity").asText())
                    .as(
                            "what a browser makes of src/web/bell/dist/%s: a version that is out never changes, another file has another number",
                            one.path("file").asText())
                    .isEqualTo(digest(
                            Files.readAllBytes(DIST.resolve(one.path("file").asText()))));
        }
        assertThat(versions()).contains(table.path("current").asText());
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_everything_it_names_is_there() throws Exception {
        HttpResponse<byte[]> answer = send("GET", "/bell/");
        String page = text(answer);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page).doesNotContain("<script", "<style", "style=", "onload");
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

    private static String digest(byte[] file) throws NoSuchAlgorithmException {
        return "sha384-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-384").digest(file));
    }

    private static List<String> versions() throws IOException {
        List<String> versions = new ArrayList<>();
        json(Files.readAllBytes(DIST.resolve("versions.json")))
                .path("versions")
                .fieldNames()
                .forEachRemaining(versions::add);
        assertThat(versions).isNotEmpty();
        return versions;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return new ObjectMapper().readTree(bytes);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
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
