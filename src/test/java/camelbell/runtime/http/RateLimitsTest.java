package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.WebSocketClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Each test comes from an address of its own, and only one of them as the user. */
@SpringBootTest(
        classes = AnswerCapacityTest.SlowHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.workers=4",
            "camelbell.http.turns.patience=1s",
            "camelbell.http.trusted-proxies=127.0.0.0/8",
            "camelbell.http.rate.per-address=1",
            "camelbell.http.rate.address-burst=20",
            "camelbell.http.rate.per-user=1",
            "camelbell.http.rate.user-burst=5",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml,classpath:http/slow.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
class RateLimitsTest {

    private static final String THROTTLED = "Request was throttled. Expected available in 1 second.";

    /** More than the largest burst and what a slow machine refills meanwhile. */
    private static final int MANY = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final MeterRegistry meters;
    private final Semaphore turns;

    RateLimitsTest(@Autowired HttpServers servers, @Autowired MeterRegistry meters, @Autowired Semaphore turns) {
        this.turns = turns;
        this.port = servers.port();
        this.meters = meters;
    }

    @Test
    void an_address_is_throttled_before_its_token_is_looked_at_and_others_are_not() throws Exception {
        double counted = counted("address");
        for (int n = 0; n < 20; n++) {
            assertThat(get("/api/things/", "192.0.2.1", false).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> throttled = throttled("/api/things/", "192.0.2.1", false);
        assertThat(throttled.body()).contains("{\"detail\":\"" + THROTTLED + "\"");
        assertThat(throttled.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(throttled.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(throttled.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("http://localhost:3000");
        assertThat(throttled.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValue("Retry-After");
        assertThat(throttled.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(get("/api/things/", "192.0.2.2", false).statusCode()).isEqualTo(401);
        assertThat(counted("address")).isGreaterThan(counted);
    }

    @Test
    void callbacks_that_are_accepted_are_not_counted_and_refused_ones_are() throws Exception {
        for (int n = 0; n < 60; n++) {
            assertThat(callback("POST", "192.0.2.3")).isEqualTo(200);
        }
        long began = System.nanoTime();
        int refused = 0;
        while (refused < MANY && callback("PUT", "192.0.2.3") == 405) {
            refused++;
        }
        assertThat(refused).isBetween(20, most(20, began));
        int accepted = callback("POST", "192.0.2.3");
        for (int n = 0; n < MANY && accepted == 200; n++) {
            callback("PUT", "192.0.2.3"); // uses up what has been refilled, which no accepted one does
            accepted = callback("POST", "192.0.2.3");
        }
        assertThat(accepted).isEqualTo(429);
    }

    @Test
    void callbacks_that_break_off_in_the_middle_of_their_body_are_counted() throws Exception {
        // each time anew, because what has been refilled meanwhile is used up by nothing else
        await().until(() -> {
            breakOff(25, "192.0.2.4", "/webhooks/things/", "Content-Length: 100000\r\n\r\n{");
            return callback("POST", "192.0.2.4") == 429;
        });
    }

    @Test
    void callbacks_that_the_hub_is_too_slow_for_are_503_and_nothing_is_counted_against_their_sender() throws Exception {
        CompletableFuture<HttpResponse<String>> first = slow("192.0.2.5");
        CompletableFuture<HttpResponse<String>> second = slow("192.0.2.5");
        await().until(() -> turns.getQueueLength() == 2); // half of the workers
        List<CompletableFuture<HttpResponse<String>>> late = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            late.add(slow("192.0.2.5"));
        }
        for (CompletableFuture<HttpResponse<String>> one : late) {
            assertThat(one.join().statusCode()).isEqualTo(503);
            assertThat(one.join().headers().firstValue("Retry-After")).isPresent();
        }
        breakOff(30, "192.0.2.5", "/webhooks/slow/", "Content-Length: 2\r\n\r\n{}");
        turns.release(MANY);
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(second.join().statusCode()).isEqualTo(200);
        assertThat(callback("POST", "192.0.2.5")).isEqualTo(200);
    }

    @AfterEach
    void letGo() {
        turns.release(MANY);
        await().until(() -> turns.getQueueLength() == 0);
        turns.drainPermits();
    }

    private CompletableFuture<HttpResponse<String>> slow(String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/slow/"))
                .header("X-Forwarded-For", address)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    @Test
    void a_user_is_throttled_from_whichever_addresses_the_requests_come() throws Exception {
        for (int n = 0; n < 5; n++) {
            assertThat(get("/api/things/", "198.51.100." + n, true).statusCode())
                    .isEqualTo(200);
        }
        assertThat(throttled("/api/things/", "198.51.100.9", true).body()).contains(THROTTLED);
        assertThat(counted("user")).isPositive();
    }

    @Test
    void handshakes_are_throttled_by_user_and_by_address() {
        long began = System.nanoTime();
        int opened = 0;
        while (opened < MANY && handshake("203.0.113.1", "") == 101) {
            opened++;
        }
        assertThat(opened).isBetween(5, most(5, began));
        began = System.nanoTime();
        int refused = 0;
        while (refused < MANY && handshake("203.0.113.2", "?user=bad") == 401) {
            refused++;
        }
        assertThat(refused).isBetween(20, most(20, began));
        assertThat(handshake("203.0.113.3", "?user=bad")).isEqualTo(401);
    }

    @Test
    void a_network_of_ipv6_addresses_counts_as_one_and_rubbish_as_the_proxy() throws Exception {
        for (int n = 0; n < 20; n++) {
            assertThat(get("/", "2001:db8::" + n, false).statusCode()).isEqualTo(404);
        }
        throttled("/", "2001:db8::ffff", false);
        assertThat(get("/", "2001:db8:0:1::1", false).statusCode()).isEqualTo(404);
        for (int n = 0; n < 20; n++) {
            assertThat(get("/", "rubbish-" + n, false).statusCode()).isEqualTo(404);
        }
        throttled("/", "other rubbish", false);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, c000024d",
        "192.0.2.77:51234, c000024d",
        "::ffff:192.0.2.77, c000024d",
        "::FFFF:192.0.2.77, c000024d",
        "::ffff:c000:24d, c000024d",
        "::ffff:C000:024D, c000024d",
        "0:0:0:0:0:ffff:192.0.2.77, c000024d",
        "0000:0000:0000:0000:0000:ffff:c000:024d, c000024d",
        "[::ffff:192.0.2.77], c000024d",
        "[::ffff:192.0.2.77]:443, c000024d",
        "'\"[::ffff:c000:24d]:443\"', c000024d",
        "64:ff9b::c000:24d, c000024d",
        "'\"192.0.2.77:80\"', c000024d",
        "2001:db8::1, 20010db800000000",
        "[2001:db8::1], 20010db800000000",
        "[2001:DB8::2]:51234, 20010db800000000",
        "2001:db8::3%eth0, 20010db800000000",
        "2001:db8:0:0:1:2:3:4, 20010db800000000",
        "::1, 0000000000000000"
    })
    void an_address_is_the_same_caller_in_every_spelling(String written, String network) {
        assertThat(Networks.of(written)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "",
                ":80",
                "[]",
                "[]:80",
                "192.0.2.77:",
                "192.0.2.77:http",
                "[2001:db8::1",
                "example.org:80",
                "192.0.2.777",
                "\"192.0.2.77",
                "[192.0.2.77",
                "1.2.3.4:123456"
            })
    void what_names_no_address_is_none(String written) {
        assertThat(Networks.of(written)).isNull();
        assertThat(Addresses.plain(written)).isEqualTo(written);
    }

    @Test
    void a_client_is_throttled_in_whichever_spelling_its_proxies_name_it() throws Exception {
        for (int n = 0; n < 20; n++) {
            assertThat(get("/", "192.0.2.88:" + (40_000 + n), false).statusCode())
                    .isEqualTo(404);
        }
        throttled("/", "[::ffff:192.0.2.88]:443", false);
        assertThat(get("/", "192.0.2.89:40000", false).statusCode()).isEqualTo(404);
        assertThat(get("/", "[::ffff:192.0.2.90]:443", false).statusCode()).isEqualTo(404);
        throttled("/", "192.0.2.88, [::ffff:127.0.0.9]:8443, 127.0.0.1:9000", false);
    }

    @Test
    void a_rate_of_0_is_no_limit_and_a_burst_is_at_least_the_rate() {
        TokenBuckets<String> off = new TokenBuckets<>(0, 1, 1);
        assertThat(off.secondsToWait("a")).isZero();
        assertThat(off.secondsToWait("a")).isZero();
        TokenBuckets<String> two = new TokenBuckets<>(2, 0, 1);
        assertThat(two.secondsToWait("a")).isZero();
        assertThat(two.secondsToWait("a")).isZero();
        long wait = two.secondsToWait("a");
        for (int n = 0; n < MANY && wait == 0; n++) {
            wait = two.secondsToWait("a");
        }
        assertThat(wait).isEqualTo(1);
    }

    /** What a bucket of that size gives since then: it is refilled with one a second. */
    private static int most(int burst, long began) {
        return burst + 1 + (int) Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private void breakOff(int callbacks, String address, String path, String rest) throws IOException {
        for (int n = 0; n < callbacks; n++) {
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address + "\r\n"
                                        + rest)
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** The first 429 of a caller whose bucket must be empty by now, give or take what a slow machine refills. */
    private HttpResponse<String> throttled(String path, String address, boolean authorized) throws Exception {
        HttpResponse<String> answer = get(path, address, authorized);
        for (int n = 0; n < MANY && answer.statusCode() != 429; n++) {
            answer = get(path, address, authorized);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        return answer;
    }

    private HttpResponse<String> get(String path, String address, boolean authorized) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Origin", "http://localhost:3000")
                .header("X-Forwarded-For", address);
        if (authorized) {
            request.header("Authorization", "Bearer good");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int callback(String method, String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/things/"))
                .header("X-Forwarded-For", address)
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private int handshake(String address, String query) {
        return WebSocketClient.status(port, query, builder -> builder.header("X-Forwarded-For", address));
    }

    private double counted(String by) {
        return meters.get("camelbell.http.throttled").tags("by", by).counter().count();
    }
}
