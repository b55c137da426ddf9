package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.Handshakes;
import camelbell.model.Person;
import camelbell.model.SocketConnection;
import camelbell.model.TokenCheck;
import camelbell.model.TokenChecker;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ProducerTemplate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

@SpringBootTest(
        classes = PublicPortTest.PublicPortHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.body-timeout=5s",
            "camelbell.websocket.frames-per-second=1000",
            "camelbell.websocket.handshake-workers=2",
            "camelbell.websocket.handshake-queue=3",
            "camelbell.http.trusted-proxies=127.0.0.0/8",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
public class PublicPortTest {

    public static final String EXCLUDED = "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration,"
            + "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration,"
            + "org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration,"
            + "org.apache.camel.component.platform.http.springboot.SpringBootPlatformWebMvcConfiguration";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final ProducerTemplate camel;
    private final RequestCount requests;

    PublicPortTest(
            @Autowired HttpServers servers, @Autowired ProducerTemplate camel, @Autowired RequestCount requests) {
        this.requests = requests;
        this.port = servers.port();
        this.camel = camel;
    }

    @Test
    void nothing_that_a_client_sent_becomes_a_message_header() throws Exception {
        HttpResponse<String> answer = send(get("/api/things/?CamelHttpUri=x&kafka.TOPIC=y&mail.smtp.host=z")
                .header("X-Evil", "1")
                .header("Cookie", "a=b")
                .header("mail.smtp.socks.host", "h"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("HubUser=7", "HubOrigin=http://localhost:" + port)
                .doesNotContain(
                        "Evil", "Cookie", "socks", ", kafka.TOPIC=", ", mail.smtp.host=", "Authorization", "Accept");
        assertThat(answer.headers().map()).doesNotContainKeys("x-evil", "kafka.topic", "mail.smtp.host");
    }

    @Test
    void form_fields_never_become_message_headers() throws Exception {
        HttpResponse<String> answer = send(request("/webhooks/things/?x=1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("kafka.TOPIC=stolen")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("kafka.topic", "x");
    }

    @Test
    void errors_are_json_and_tell_nothing() throws Exception {
        HttpResponse<String> unknown = send(get("/api/nothing/"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).startsWith("{\"detail\":\"Not found.\",\"code\":\"unknown_path\",");
        assertThat(send(get("/")).body()).startsWith("{\"detail\":\"Not found.\",\"code\":\"unknown_path\",");

        HttpResponse<String> method = send(get("/webhooks/things/"));
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.body()).isEqualTo("{\"detail\":\"Method \\\"GET\\\" not allowed.\"}");

        HttpResponse<String> failure = send(authorized("/api/things/1/mark/").POST(BodyPublishers.noBody()));
        assertThat(failure.statusCode()).isEqualTo(500);
        assertThat(failure.body()).doesNotContain("secret");
    }

    @Test
    void a_body_above_the_limit_is_413_and_webhooks_may_send_more() throws Exception {
        HttpResponse<String> api =
                send(authorized("/api/things/1/mark/").POST(BodyPublishers.ofByteArray(new byte[65_537])));
        assertThat(api.statusCode()).isEqualTo(413);
        assertThat(api.body()).startsWith("{\"detail\":\"Request body too large.\",\"code\":\"body_too_large\",");

        byte[] batch = new byte[3 * 1024 * 1024];
        assertThat(send(request("/webhooks/things/").POST(BodyPublishers.ofByteArray(batch)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(request("/webhooks/things/").POST(BodyPublishers.ofByteArray(new byte[batch.length + 1])))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_token_of_4_kib_fits_into_the_query() throws Exception {
        assertThat(send(get("/api/things/?token=" + "x".repeat(4096))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void forwarded_headers_of_a_trusted_proxy_name_the_origin() throws Exception {
        assertThat(send(get("/api/things/")
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "bell.example.org"))
                        .body())
                .contains("HubOrigin=https://bell.example.org,");
        assertThat(send(get("/api/things/").header("X-Forwarded-Host", "evil/<script>"))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "https, public.example, 8443, https://public.example:8443",
        "https, public.example, 443, https://public.example",
        "http, public.example, 80, http://public.example",
        "http, public.example, 443, http://public.example:443",
        "https, public.example:9443, 8443, https://public.example:9443",
        "https, public.example:443, 8443, https://public.example",
        "https, '[2001:db8::1]', 8443, 'https://[2001:db8::1]:8443'",
        "https, public.example, 70000, https://public.example",
        "https, public.example, 0, https://public.example",
        "https, public.example, -1, https://public.example",
        "https, public.example, 8443x, https://public.example",
        "https, public.example, '', https://public.example",
        "HTTPS, public.example, '8443', https://public.example:8443"
    })
    void a_trusted_proxys_port_is_part_of_the_origin(String scheme, String host, String given, String origin)
            throws Exception {
        assertThat(send(get("/api/things/")
                                .header("X-Forwarded-Proto", scheme)
                                .header("X-Forwarded-Host", host)
                                .header("X-Forwarded-Port", given))
                        .body())
                .contains("HubOrigin=" + origin + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://proxy.example:444",
        "203.0.113.9, https://proxy.example:444",
        "'203.0.113.9, 127.0.0.2', https://public.example:8443",
        "'198.51.100.1, 203.0.113.9, 127.0.0.2', https://public.example:8443",
        "'203.0.113.9, 127.0.0.3, 127.0.0.2', https://client.example",
        "'127.0.0.5, 127.0.0.4, 127.0.0.3, 127.0.0.2', https://client.example"
    })
    void of_several_forwarded_hosts_the_one_counts_that_came_with_the_client(String hops, String origin)
            throws Exception {
        assertThat(send(get("/api/things/")
                                .header("X-Forwarded-For", hops)
                                .header("X-Forwarded-Proto", "https")
                                .header("X-Forwarded-Host", "client.example")
                                .header("X-Forwarded-Host", "public.example, proxy.example")
                                .header("X-Forwarded-Port", "443, 8443, 444"))
                        .body())
                .contains("HubOrigin=" + origin + ",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/things/%zz",
                "/api/things/%4",
                "/api/things/%",
                "/api/things/%-1/mark/",
                "/api/things/?x=%zz",
                "/webhooks/%zz",
                "/u/%zz",
                "/ws/notifications/%zz",
                "/%zz"
            })
    void a_bad_escape_in_the_address_is_400(String address) throws Exception {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
            String answer = raw(method + " " + address + " HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400");
            assertThat(answer)
                    .containsIgnoringCase("content-type: application/json")
                    .doesNotContain("%");
            if (!method.equals("HEAD")) {
                assertThat(answer).contains("\"code\":\"bad_request\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /webhooks/things/, 405, 'POST, OPTIONS'",
        "DELETE, /webhooks/things, 405, 'POST, OPTIONS'",
        "GET, /webhooks/things/, 405, 'POST, OPTIONS'",
        "OPTIONS, /webhooks/things/, 204, 'POST, OPTIONS'",
        "PUT, /u/key, 405, 'GET, HEAD, POST, OPTIONS'",
        "PUT, /u/k.e-y, 405, 'GET, HEAD, POST, OPTIONS'",
        "OPTIONS, /u/key, 204, 'GET, HEAD, POST, OPTIONS'",
        "GET, /u/key/resubscribe, 405, 'POST, OPTIONS'",
        "OPTIONS, /u/key/resubscribe, 204, 'POST, OPTIONS'",
        "DELETE, /api/docs/, 405, 'GET, HEAD, OPTIONS'",
        "PUT, /api/things/, 405, 'GET, HEAD, OPTIONS'",
        "PUT, /api/things/1/mark/, 405, 'DELETE, POST, OPTIONS'"
    })
    void every_405_and_every_options_says_what_is_allowed(String method, String path, int status, String allowed)
            throws Exception {
        HttpResponse<String> answer = send(authorized(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//things/",
                "//api/things/",
                "/api/things//",
                "/api/./things/",
                "/api/x/../things/",
                "/api/%2e/things/",
                "/webhooks//things/",
                "/u//key",
                "/ws//notifications/",
                "//ws/notifications/"
            })
    void a_doubled_slash_or_a_dot_segment_is_another_path(String path) throws Exception {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            assertThat(raw(method + " " + path + " HTTP/1.1\r\nHost: one\r\nAuthorization: Bearer good\r\n"
                            + "Content-Length: 0\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("\"code\":\"unknown_path\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /u/key", "POST, /u/key", "PUT, /u/key", "GET, /u/key/nothing", "OPTIONS, /u/key"})
    void nobody_may_keep_what_is_below_u(String method, String path) throws Exception {
        assertThat(send(request(path).method(method, BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValue("no-store");
        assertThat(send(get("/api/things/")).headers().firstValue("Cache-Control"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/nothing/", "/u/", "/u/key/nothing", "/nothing"})
    void a_path_of_no_route_is_404_whatever_the_method(String path) throws Exception {
        for (String method : List.of("GET", "DELETE", "OPTIONS")) {
            HttpResponse<String> answer = send(request(path).method(method, BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Allow")).isEmpty();
        }
    }

    @Test
    void one_path_may_have_several_verbs() throws Exception {
        assertThat(send(authorized("/api/things/1/mark/").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(send(authorized("/api/things/1/mark/").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void two_hosts_are_refused() throws Exception {
        String start = "GET /api/things/ HTTP/1.1\r\nAuthorization: Bearer good\r\nConnection: close\r\nHost: one\r\n";
        assertThat(raw(start + "\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw(start + "Host: other\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void a_media_type_may_be_written_in_capitals() throws Exception {
        assertThat(send(get("/api/things/").header("Accept", "Application/JSON"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_its_body_fills_no_log(CapturedOutput log) throws Exception {
        await().until(() -> requests.underWay() == 0); // an answer is heard before its request has ended
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("POST /api/things/1/mark/ HTTP/1.1\r\nHost: one\r\nAuthorization: Bearer good\r\n"
                                    + "Content-Length: 9\r\n\r\nhalf")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> requests.underWay() > 0);
        }
        await().until(() -> requests.underWay() == 0);
        assertThat(log.getAll()).doesNotContain("HttpClosedException");
    }

    @ParameterizedTest
    @CsvSource({"Authorization: Bearer good, 408", "Accept: */*, 401"})
    void a_body_that_never_ends_holds_its_connection_for_so_long_only(String header, int status) throws Exception {
        String answer = raw(
                "POST /api/things/1/mark/ HTTP/1.1\r\nHost: one\r\n" + header + "\r\nContent-Length: 9\r\n\r\nhalf");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** However it is announced, and whatever the path is: nothing there takes one, and it would drip for ever. */
    @ParameterizedTest
    @CsvSource({
        "GET /ws/notifications/, Content-Length: 9",
        "GET /ws/notifications/, Transfer-Encoding: chunked",
        "GET /ws/notifications, Content-Length: 100000000000",
        "POST /ws/notifications/, Content-Length: 9",
        "PUT /ws/nothing/here, Transfer-Encoding: chunked",
        "GET /ws/notifications/, 'Content-Length: 9\r\nExpect: 100-continue'",
        "GET /ws/notifications/?user=9, 'Content-Length: 9\r\nConnection: Upgrade\r\nUpgrade: websocket'"
    })
    void a_body_below_ws_is_refused_before_it_comes(String line, String headers) throws Exception {
        String answer = raw(line + " HTTP/1.1\r\nHost: one\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\n\r\n");
        assertThat(answer).containsOnlyOnce("HTTP/1.1 413").contains("\"code\":\"body_too_large\"");
    }

    /** As Firefox sends them, and as proxies may rewrite them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive, Upgrade|Upgrade: websocket",
                "Connection: upgrade , keep-alive|Upgrade: WebSocket",
                "Connection: keep-alive|Connection: UPGRADE|Upgrade: h2c|Upgrade: websocket",
            })
    void connection_and_upgrade_are_lists_in_any_order_and_case(String headers) throws IOException {
        assertThat(upgrade("/ws/notifications/?user=9", headers)).startsWith("HTTP/1.1 101");
        assertThat(upgrade("/ws/notifications?user=9", headers)).startsWith("HTTP/1.1 101");
        assertThat(upgrade("/ws/notifications/?user=9", headers.replaceAll("(?i)upgrade($|\\|| ,)", "close$1")))
                .startsWith("HTTP/1.1 400");
        assertThat(upgrade("//ws/notifications/?user=9", headers)).startsWith("HTTP/1.1 404");
    }

    private String upgrade(String path, String headers) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: one\r\n" + headers.replace("|", "\r\n")
                    + "\r\nSec-WebSocket-Key: Z3hX0jCFbHmN1s0i2vQ0lA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void handshakes_that_wait_hold_up_nobody_and_those_that_find_no_room_may_come_again() throws Exception {
        List<CompletableFuture<WebSocket>> slow = new ArrayList<>();
        for (int n = 0; n < 2 + 3; n++) { // handshake-workers and handshake-queue
            slow.add(client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://localhost:" + port + "/ws/notifications/?user=slow"), new Inbox()));
        }
        try {
            await().untilAsserted(() -> assertThat(
                            upgrade("/ws/notifications/?user=slow", "Connection: Upgrade|Upgrade: websocket"))
                    .startsWith("HTTP/1.1 503"));
            assertThat(slow).noneMatch(CompletableFuture::isDone);
            assertThat(send(get("/api/things/")).statusCode()).isEqualTo(200);
        } finally {
            PublicPortHub.SLOW.countDown();
        }
        assertThat(slow).allSatisfy(open -> assertThat(open).succeedsWithin(Duration.ofSeconds(20)));
    }

    @Test
    void a_refused_handshake_gets_its_status_and_an_accepted_one_speaks_to_the_route() throws Exception {
        Assertions.assertThatThrownBy(() -> connect("?user=bad", new Inbox()))
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("WebSocketHandshakeException");

        Inbox inbox = new Inbox();
        WebSocket socket = connect("?user=9&CamelVertxWebsocket.sendToAll=true", inbox);
        assertThat(inbox.frames.poll(20, TimeUnit.SECONDS)).isEqualTo("welcome");
        for (int n = 0; n < 200; n++) {
            socket.sendText("hello " + n, true).join();
        }
        for (int n = 0; n < 200; n++) {
            assertThat(inbox.frames.poll(20, TimeUnit.SECONDS)).isEqualTo("hello " + n + " of 9");
        }
    }

    @Test
    void a_socket_to_be_closed_at_once_carries_its_code() throws Exception {
        Inbox inbox = new Inbox();
        connect("?user=late", inbox);
        assertThat(inbox.frames.poll(20, TimeUnit.SECONDS)).isEqualTo("closed 4401 token expired");
    }

    @Test
    void a_message_to_a_connection_that_has_gone_is_dropped_without_dialling_out() {
        Object body = camel.requestBodyAndHeader(
                "vertx-websocket:/ws/notifications/", "lost", "CamelVertxWebsocket.connectionKey", "gone");
        assertThat(body).isEqualTo("lost");
    }

    private WebSocket connect(String query, Inbox inbox) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/ws/notifications/" + query), inbox)
                .join();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder get(String path) {
        return authorized(path).GET();
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer good");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static final class Inbox implements WebSocket.Listener {
        final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frames.add(data.toString());
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            frames.add("closed " + code + " " + reason);
            return CompletableFuture.completedFuture(null);
        }
    }

    public static final class Welcome {
        public void listen(SocketConnection opened) {
            opened.listen();
        }
    }

    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = {"camelbell.runtime.http", "camelbell.runtime.page", "camelbell.runtime.websocket"},
            excludeFilters = {
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"),
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*RestHealth")
            })
    @ConfigurationPropertiesScan({"camelbell.runtime.http", "camelbell.runtime.websocket"})
    public static class PublicPortHub {

        static final CountDownLatch SLOW = new CountDownLatch(1);

        @Bean
        TokenChecker tokens() {
            return token -> new TokenCheck.Accepted(
                    new Person(user(token), "name", "Name", "CLIENT", true, null, null, Map.of()), Instant.MAX);
        }

        /** {@code user-9} is that of 9, everything else that of 7. */
        private static long user(String token) {
            return token.startsWith("user-") ? Long.parseLong(token.substring("user-".length())) : 7;
        }

        /** Takes up what a client says, as the route in public-port.camel.yaml asks. */
        @Bean
        Welcome welcome() {
            return new Welcome();
        }

        @Bean
        Handshakes handshakes() {
            return handshake -> switch (handshake
                    .query()
                    .getOrDefault("user", List.of(""))
                    .get(0)) {
                case "bad" -> new Handshakes.Decision.Refuse(401, "no");
                case "slow" -> {
                    await().until(() -> SLOW.getCount() == 0);
                    yield new Handshakes.Decision.Open(9, Map.of("hubUser", "9"));
                }
                case "late" -> new Handshakes.Decision.OpenThenClose(4401, "token expired");
                default -> new Handshakes.Decision.Open(9, Map.of("hubUser", "9"));
            };
        }
    }
}
