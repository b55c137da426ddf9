package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.CamelbellApplication;
import camelbell.it.Fixture;
import camelbell.it.Recording;
import camelbell.it.Stack;
import camelbell.it.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Handshakes and frames case by case as the Channels reference took them, where its recording lies beside the project. */
@SpringBootTest(classes = CamelbellApplication.class)
class RecordedSocketsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SENT = Pattern.compile("(\\d+): (.*?)( \\{'fin': False\\})?", Pattern.DOTALL);

    /** The contract's deliberate differences (its section 4): how the handshake ends. */
    private static final Map<String, String> HANDSHAKES = Map.of(
            // refused with 401, so that a client can tell it from a forbidden origin
            "ws token: no jti", "401",
            "ws token: none given", "401",
            "ws token: refresh", "401",
            "ws token: no user_id", "401",
            "ws token: user_id not a number", "401",
            "ws token: unknown user", "401",
            "ws: 'Bearer ' before token", "401",
            // accepted and closed, so that a browser can tell it from a server that is down
            "ws token: expired", "101 close 4401",
            // accepted there too
            "ws: token in Authorization header", "101 open",
            // only origins of the list
            "ws: foreign Origin", "403");

    /** The contract's limits and its errors: what comes before the end, and the end. */
    private static final Map<String, String> FRAMES = Map.ofEntries(
            Map.entry("frame: number", "error open"),
            Map.entry("frame: null", "error open"),
            Map.entry("frame: binary", "close 1003"),
            Map.entry("frame: invalid UTF-8", "close 1007"),
            Map.entry("frame: ping padded to 1 MiB", "close 1009"),
            Map.entry("frame: ping padded to 17 MiB", "close 1009"),
            // a close is answered with its own code (RFC 6455, 5.5.1)
            Map.entry("frame: close 4321", "close 4321"));

    /** Above 50 frames in a second: WebSocketTest has what becomes of those, and of 50 pings in order. */
    private static final List<String> FLOODS =
            List.of("frame: flood of 2000 pings", "frame: 500 pings, pongs in order");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    private int port;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        PatientStack.register(registry);
    }

    @TestFactory
    Stream<DynamicTest> every_recorded_handshake_and_frame_is_taken_alike(@Autowired ProducerTemplate camel)
            throws Exception {
        Assumptions.assumeTrue(Recording.isThere(), "no recording beside the project");
        port = camel.requestBody("bean:httpServers?method=port", null, Integer.class);
        try (InputStream fixture = Files.newInputStream(Recording.fixture())) {
            new Fixture(jdbc, new TransactionTemplate(transactions)).load(fixture);
        }
        List<DynamicTest> tests = new ArrayList<>();
        Recording.cases("ws")
                .forEach(
                        (name, recorded) -> tests.add(DynamicTest.dynamicTest(name, () -> shakeHands(name, recorded))));
        Recording.cases("frame").forEach((name, recorded) -> {
            if (!FLOODS.contains(name)) {
                tests.add(DynamicTest.dynamicTest(name, () -> exchange(name, recorded)));
            }
        });
        assertThat(tests).hasSize(30);
        return tests.stream();
    }

    private void shakeHands(String name, JsonNode recorded) throws Exception {
        String expected = HANDSHAKES.getOrDefault(name, "101 open");
        try (RawSocket socket = socket(name)) {
            assertThat(socket.answer).startsWith("HTTP/1.1 " + expected.substring(0, 3));
            if (expected.equals("101 open")) {
                JsonNode greeting = recorded.at("/frames/0/text");
                assertThat(greeting(socket)).isEqualTo(greeting.isMissingNode() ? admin() : greeting);
            } else if (expected.startsWith("101")) {
                assertThat(socket.next()).isEqualTo(expected.substring(4));
            }
        }
    }

    private void exchange(String name, JsonNode recorded) throws Exception {
        try (RawSocket socket = socket("ws token: admin")) {
            greeting(socket);
            for (JsonNode frame : recorded.get("sent")) {
                send(socket, frame.asText(), name);
            }
            String other = FRAMES.get(name);
            if (other == null) {
                for (JsonNode frame : recorded.get("frames")) {
                    String next = socket.next();
                    if (frame.has("pong")) {
                        assertThat(next)
                                .isEqualTo("opcode 10 " + frame.get("pong").asText());
                    } else {
                        assertThat(JSON.readTree(next)).isEqualTo(frame.get("text"));
                    }
                }
            } else if (other.startsWith("error")) {
                assertThat(JSON.readTree(socket.next()).get("type").asText()).isEqualTo("error");
            }
            String end = other == null ? end(recorded.get("ended")) : other.replaceFirst("error ", "");
            if (end.equals("open")) {
                socket.text("{\"type\":\"ping\",\"timestamp\":\"still\"}");
                assertThat(socket.next()).isEqualTo("{\"type\":\"pong\",\"timestamp\":\"still\"}");
            } else {
                assertThat(socket.end()).isEqualTo(end);
            }
        }
    }

    private static String end(JsonNode recorded) {
        return recorded.isTextual() ? recorded.asText() : "close " + recorded.get("code");
    }

    private static void send(RawSocket socket, String recorded, String name) throws Exception {
        Matcher frame = SENT.matcher(recorded);
        assertThat(frame.matches()).as(recorded).isTrue();
        int head = Integer.parseInt(frame.group(1)) | (frame.group(3) == null ? RawSocket.FIN : 0);
        byte[] payload = bytes(frame.group(2));
        if (name.contains("padded")) {
            payload = ("{\"type\":\"ping\",\"timestamp\":1,\"pad\":\"" + "x".repeat(1 << 20) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }
        socket.frame(head, payload);
    }

    /** Text as it is, bytes in Python's notation. */
    private static byte[] bytes(String recorded) {
        Matcher python = Pattern.compile("b'(.*)'", Pattern.DOTALL).matcher(recorded);
        if (!python.matches()) {
            return recorded.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher part = Pattern.compile("\\\\x([0-9a-f]{2})|(.)", Pattern.DOTALL).matcher(python.group(1));
        while (part.find()) {
            bytes.write(part.group(1) == null ? part.group(2).charAt(0) : Integer.parseInt(part.group(1), 16));
        }
        return bytes.toByteArray();
    }

    private static JsonNode admin() {
        return JSON.createObjectNode()
                .put("type", "connection_established")
                .put("message", "Connected successfully as john_admin")
                .put("user_id", 1);
    }

    /** Without what the contract adds to it. */
    private static JsonNode greeting(RawSocket socket) throws Exception {
        ObjectNode greeting = (ObjectNode) JSON.readTree(socket.next());
        assertThat(greeting.remove("unread_count").isInt()).isTrue();
        assertThat(greeting.remove("unread_by_type").isObject()).isTrue();
        assertThat(greeting.remove("seq").isInt()).isTrue();
        return greeting;
    }

    private RawSocket socket(String name) throws Exception {
        String good = token("admin");
        return switch (name) {
            case "ws token: none given" -> new RawSocket(port, "");
            case "ws: token in Authorization header" -> new RawSocket(
                    port, line("", "Authorization: Bearer " + good), 65536);
            case "ws: 'Bearer ' before token" -> new RawSocket(port, "?token=Bearer%20" + good);
            case "ws: foreign Origin" -> new RawSocket(
                    port, line("?token=" + good, "Origin: http://evil.example"), 65536);
            default -> new RawSocket(port, "?token=" + token(name.replace("ws token: ", "")));
        };
    }

    private static String line(String query, String header) {
        return "GET /ws/notifications/" + query + " HTTP/1.1\r\n" + header;
    }

    private static String token(String as) {
        if (as.equals("admin") || as.equals("client")) {
            return Tokens.of(as.equals("admin") ? 1 : 2);
        }
        Map<String, Object> claims = Tokens.claims(Map.of());
        switch (as) {
            case "no jti", "no user_id" -> claims.remove(as.substring(3));
            case "expired" -> claims.put("exp", Instant.now().getEpochSecond() - 60);
            case "refresh" -> claims.put("token_type", as);
            case "user_id not a number" -> claims.put("user_id", "abc");
            case "unknown user" -> claims.put("user_id", 999);
            default -> throw new IllegalArgumentException(as);
        }
        return Tokens.signed(Stack.jwtSecret(), claims);
    }
}
