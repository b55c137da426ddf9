package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Good and bad tokens at both entries of a whole hub, as an Authorization header of REST and in the socket's query. */
class TokenTableTest {

    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String PREVIOUS = "the-previous-secret-of-at-least-32-bytes";

    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(
                "camelbell.jwt.secrets=" + Stack.jwtSecret() + "," + PREVIOUS,
                "camelbell.http.rate.refused-handshakes=0",
                "camelbell.websocket.connections-per-person=1000");
        hub.post("users", "1", "{\"id\":1,\"username\":\"one\",\"name\":\"One\",\"role\":\"CLIENT\"}");
        hub.post("users", "6", "{\"id\":6,\"username\":\"six\",\"name\":\"Six\",\"role\":\"CLIENT\",\"active\":false}");
        hub.flush();
        await().until(() -> rest(good()) == 200);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    static Stream<Arguments> good_tokens() throws Exception {
        return Stream.of(
                Arguments.of("user_id as number", good()),
                Arguments.of("user_id as text", with("user_id", "\"1\"")),
                Arguments.of("no iat", with("iat", null)),
                Arguments.of("the previous secret", signed(HS256, claims(), PREVIOUS, "HmacSHA256")),
                Arguments.of("kid", header("{\"alg\":\"HS256\",\"kid\":\"../../x\"}")),
                Arguments.of("jku", header("{\"alg\":\"HS256\",\"jku\":\"http://127.0.0.1:1/\"}")),
                Arguments.of("x5u", header("{\"alg\":\"HS256\",\"x5u\":\"http://127.0.0.1:1/\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good_tokens")
    void a_good_token_opens_rest_and_socket(String row, String token) throws Exception {
        assertThat(rest(token)).isEqualTo(200);
        assertThat(socket(token)).isEqualTo(101);
    }

    static Stream<Arguments> bad_tokens() throws Exception {
        String good = good();
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        return Stream.of(
                Arguments.of("J1 none", encoded("{\"alg\":\"none\"}") + "." + encoded(claims()) + "."),
                Arguments.of("J1 None", header("{\"alg\":\"None\"}")),
                Arguments.of("J1 HS384", signed("{\"alg\":\"HS384\"}", claims(), Stack.jwtSecret(), "HmacSHA384")),
                Arguments.of("J1 HS512", signed("{\"alg\":\"HS512\"}", claims(), Stack.jwtSecret(), "HmacSHA512")),
                Arguments.of("J1 RS256 over the secret", header("{\"alg\":\"RS256\"}")),
                Arguments.of("J1 no signature", unsigned),
                Arguments.of("J1 wrong secret", signed(HS256, claims(), "x".repeat(32), "HmacSHA256")),
                Arguments.of("J2 refresh", with("token_type", "\"refresh\"")),
                Arguments.of("J2 sliding", with("token_type", "\"sliding\"")),
                Arguments.of("J2 no token_type", with("token_type", null)),
                Arguments.of("J2 no jti", with("jti", null)),
                Arguments.of("J2 no exp", with("exp", null)),
                Arguments.of("J3 nbf ahead", with("nbf", Long.toString(now() + 600))),
                Arguments.of("J3 exp as text", with("exp", "\"" + (now() + 600) + "\"")),
                Arguments.of("J3 exp 1e30", with("exp", "1e30")),
                Arguments.of("J3 exp negative", with("exp", "-1")),
                Arguments.of("J3 iat in 2999", with("iat", "32472144000")),
                Arguments.of("J4 1.0", with("user_id", "1.0")),
                Arguments.of("J4 01", with("user_id", "\"01\"")),
                Arguments.of("J4 space", with("user_id", "\" 1\"")),
                Arguments.of("J4 true", with("user_id", "true")),
                Arguments.of("J4 null", with("user_id", "null")),
                Arguments.of("J4 list", with("user_id", "[]")),
                Arguments.of("J4 2^63", with("user_id", "9223372036854775808")),
                Arguments.of("J4 SQL", with("user_id", "\"1 OR 1=1\"")),
                Arguments.of("J4 none", with("user_id", null)),
                Arguments.of("J4 unknown", with("user_id", "424242")),
                Arguments.of("J4 inactive", with("user_id", "6")),
                Arguments.of("J5 crit", header("{\"alg\":\"HS256\",\"crit\":[\"exp\"]}")),
                Arguments.of("J5 jwk", header("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}")),
                Arguments.of("J6 four dots", good + ".a.b"),
                Arguments.of("J6 padding", good + "="),
                Arguments.of("J6 white space inside", good.substring(0, 60) + " " + good.substring(60)),
                Arguments.of("J6 empty", ""),
                Arguments.of("J6 long", good + "x".repeat(7000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_tokens")
    void a_bad_token_opens_neither_rest_nor_socket(String row, String token) throws Exception {
        assertThat(rest(token)).isEqualTo(401);
        assertThat(socket(token)).isEqualTo(401);
    }

    /** J3: the one row in which the two differ, so that a browser can tell the token's end from the server's. */
    @ParameterizedTest
    @MethodSource("just_expired")
    void an_expired_token_is_401_and_a_socket_that_is_closed(String token) throws Exception {
        assertThat(rest(token)).isEqualTo(401);
        assertThat(socket(token)).isEqualTo(101);
    }

    static Stream<String> just_expired() throws Exception {
        return Stream.of(with("exp", Long.toString(now() - 6)));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String good() throws GeneralSecurityException {
        return header(HS256);
    }

    private static String header(String header) throws GeneralSecurityException {
        return signed(header, claims(), Stack.jwtSecret(), "HmacSHA256");
    }

    /** Null leaves the claim out. */
    private static String with(String claim, @Nullable String json) throws GeneralSecurityException {
        Map<String, String> changed = usual();
        changed.remove(claim);
        if (json != null) {
            changed.put(claim, json);
        }
        return signed(HS256, text(changed), Stack.jwtSecret(), "HmacSHA256");
    }

    private static String claims() {
        return text(usual());
    }

    private static Map<String, String> usual() {
        return new TreeMap<>(Map.of(
                "token_type", "\"access\"",
                "exp", Long.toString(now() + 3600),
                "iat", Long.toString(now() - 10),
                "jti", "\"0123456789abcdef\"",
                "user_id", "1"));
    }

    private static String text(Map<String, String> claims) {
        StringBuilder json = new StringBuilder("{");
        claims.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }

    private static String signed(String header, String claims, String secret, String algorithm)
            throws GeneralSecurityException {
        String content = encoded(header) + "." + encoded(claims);
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
        byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static int rest(String token) throws IOException {
        return status("GET /api/notifications/unread_count/ HTTP/1.1\r\nAuthorization: Bearer " + token);
    }

    private static int socket(String token) throws IOException {
        return status("GET /ws/notifications/?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)
                + " HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static int status(String request) throws IOException {
        try (Socket socket = new Socket("localhost", hub.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + "\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return Integer.parseInt(line.split(" ", 3)[1]);
        }
    }
}
