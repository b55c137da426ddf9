package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Recording;
import camelbell.it.Stack;
import camelbell.it.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Answers case by case as the Django reference did, where its recording lies beside the project. */
class RecordedApiTest extends ApiHub {

    private static final Expected UNKNOWN_PATH = new Expected(
            404, "{'detail':'Not found.','code':'unknown_path','docs':'/api/docs/reference/errors#unknown_path'}");

    /** The contract's deliberate differences (its section 3), and what follows from them; everything else is equal. */
    private static final Map<String, Expected> DIFFERENCES = Map.ofEntries(
            // a missing trailing slash is served, not redirected
            Map.entry("no trailing slash: list with query", new Expected(200, null)),
            Map.entry("no trailing slash: POST mark_as_read", new Expected(200, null)),
            // is_read that is no truth value is 400, not ignored
            Map.entry("is_read=maybe", choice("is_read", "maybe")),
            Map.entry("is_read=yes", choice("is_read", "yes")),
            Map.entry("is_read=null", choice("is_read", "null")),
            // an unknown but well-formed ticket gives an empty page, not 400
            Map.entry("ticket=999", new Expected(200, "{'count':0,'next':null,'previous':null,'results':[]}")),
            Map.entry(
                    "mark_all: unknown ticket",
                    new Expected(200, "{'message':'0 notification(s) marked as read','count':0}")),
            // user_id not a number is 401, not 500
            Map.entry(
                    "auth: user_id not a number",
                    new Expected(401, "{'detail':'User not found','code':'user_not_found'}")),
            // error pages are JSON, there is no HTML renderer
            Map.entry("auth: no token, unknown path below", UNKNOWN_PATH),
            Map.entry("detail of one", UNKNOWN_PATH),
            Map.entry("DELETE of one", UNKNOWN_PATH),
            Map.entry("unknown path without slash", UNKNOWN_PATH),
            Map.entry("root", UNKNOWN_PATH),
            Map.entry("mark_as_read: fraction", UNKNOWN_PATH),
            Map.entry(
                    "Accept text/html",
                    new Expected(
                            406,
                            "{'detail':'Could not satisfy the request Accept header.','code':'not_acceptable',"
                                    + "'docs':'/api/docs/reference/errors#not_acceptable'}")));

    /** Calls of which the recording holds only what they left behind, by the case that they came before. */
    private static final Map<String, String> UNRECORDED = Map.of(
            "mark_all: ticket", "/api/notifications/mark_all_as_read/?notification_type=WHATSAPP",
            "unread_count at the end", "/api/notifications/mark_all_as_read/");

    private static final List<String> OTHER = List.of("about", "ws", "frame", "event");
    private static final Map<String, Long> USERS =
            Map.of("admin", 1L, "client", 2L, "dev", 3L, "second_admin", 4L, "quiet", 5L);

    @TestFactory
    Stream<DynamicTest> every_recorded_case_is_answered_alike() throws Exception {
        Assumptions.assumeTrue(Recording.isThere(), "no recording beside the project");
        try (InputStream fixture = Files.newInputStream(Recording.fixture())) {
            load(fixture);
        }
        List<DynamicTest> tests = new ArrayList<>();
        Recording.cases("").forEach((name, recorded) -> {
            if (OTHER.stream().noneMatch(name::startsWith)) {
                tests.add(DynamicTest.dynamicTest(name, () -> replay(name, recorded)));
            }
        });
        return tests.stream();
    }

    private void replay(String name, JsonNode recorded) throws Exception {
        String unrecorded = UNRECORDED.get(name);
        if (unrecorded != null) {
            assertThat(post(unrecorded, 1).status()).isEqualTo(200);
        }
        String[] words = recorded.get("request").asText().split(" ", 4);
        String as = words.length > 2 ? recorded.get("request").asText().split(" as ", 2)[1] : "admin";
        Answer answer = send(words[0], words[1], headers(name, as), body(name));

        Expected other = DIFFERENCES.get(name);
        assertThat(answer.status())
                .describedAs(answer.body())
                .isEqualTo(other == null ? recorded.get("status").asInt() : other.status());
        if (other == null) {
            compareHeaders(recorded.get("headers"), answer.headers());
            compareBody(recorded.get("body"), answer);
        } else if (other.body() != null) {
            assertThat(answer.json()).isEqualTo(JSON.readTree(other.body().replace('\'', '"')));
        }
        if (recorded.has("read_at_unchanged")) {
            Answer again = send(words[0], words[1], headers(name, as), body(name));
            assertThat(again.body()).isEqualTo(answer.body());
        }
    }

    private static void compareHeaders(JsonNode recorded, Map<String, String> headers) {
        recorded.properties().forEach(header -> assertThat(headers)
                .containsEntry(header.getKey(), header.getValue().asText()));
    }

    private void compareBody(JsonNode recorded, Answer answer) throws Exception {
        if (recorded.isTextual()) {
            assertThat(answer.body()).isEqualTo(recorded.asText());
            return;
        }
        JsonNode expected = JSON.readTree(recorded.toString().replace("<base>", base()));
        JsonNode actual = answer.json();
        withoutAdditions(actual);
        withoutHtml(expected);
        if (expected.path("results").path(0).isInt()) {
            ArrayNode ids = JSON.createArrayNode();
            actual.get("results").forEach(row -> ids.add(row.get("id").asInt()));
            ((ObjectNode) actual).set("results", ids);
        }
        assertThat(normalised(actual, expected)).isEqualTo(expected.toString());
    }

    /** Same keys in the same order; the moment of reading is any moment with microseconds. */
    private static String normalised(JsonNode actual, JsonNode expected) {
        String recorded = expected.path("notification").path("read_at").asText("");
        if (recorded.startsWith("<now")) {
            String now = actual.path("notification").path("read_at").asText();
            assertThat(now).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z");
            return actual.toString().replace(now, recorded);
        }
        return actual.toString();
    }

    /** event_id and event_type are added to the contract's object. */
    private static void withoutAdditions(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("event_id", "event_type"));
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            withoutAdditions(children.next());
        }
    }

    /** There is no HTML renderer. */
    private static void withoutHtml(JsonNode expected) {
        if (expected.path("renders") instanceof ArrayNode renders) {
            renders.remove(1);
        }
    }

    private static Map<String, String> headers(String name, String as) throws Exception {
        Map<String, String> headers = new HashMap<>();
        String authorization = authorization(name, as);
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        switch (name) {
            case "next behind X-Forwarded-*" -> headers.putAll(
                    Map.of("X-Forwarded-Host", "public.example", "X-Forwarded-Proto", "https"));
            case "next with other Host header" -> headers.put("Host", "api.example:81");
            case "CORS preflight, allowed origin" -> headers.putAll(preflight("http://localhost:3000"));
            case "CORS preflight, foreign origin" -> headers.putAll(preflight("http://evil.example"));
            case "CORS GET, foreign origin" -> headers.put("Origin", "http://evil.example");
            case "Accept text/html" -> headers.put("Accept", "text/html");
            case "Accept application/json;indent=2" -> headers.put("Accept", "application/json;indent=2");
            case "mark_as_read: unsupported content type" -> headers.put("Content-Type", "text/plain");
            case "mark_all: filter in body only (client)" -> headers.put("Content-Type", "application/json");
            default -> {}
        }
        return headers;
    }

    private static Map<String, String> preflight(String origin) {
        return Map.of("Origin", origin, "Access-Control-Request-Method", "POST");
    }

    private static String body(String name) {
        return switch (name) {
            case "GET with body" -> "{\"page_size\": 1}";
            case "mark_as_read: unsupported content type" -> "hello";
            case "mark_all: filter in body only (client)" -> "{\"notification_type\": \"EMAIL\"}";
            default -> "";
        };
    }

    private static @Nullable String authorization(String name, String as) throws Exception {
        String good = Tokens.of(1);
        return switch (name) {
            case "auth header: lower case bearer" -> "bearer " + good;
            case "auth header: Token scheme" -> "Token " + good;
            case "auth header: JWT scheme" -> "JWT " + good;
            case "auth header: Basic scheme" -> "Basic am9objpqb2hu";
            case "auth header: two spaces" -> "Bearer  " + good;
            case "auth header: token alone" -> good;
            default -> as.equals("None") ? null : "Bearer " + token(as);
        };
    }

    private static String token(String as) throws Exception {
        Map<String, Object> claims = Tokens.claims(Map.of("user_id", USERS.getOrDefault(as, 1L)));
        long now = System.currentTimeMillis() / 1000;
        switch (as) {
            case "malformed" -> {
                return "garbage";
            }
            case "three parts of rubbish" -> {
                return "aaa.bbb.ccc";
            }
            case "empty" -> {
                return "";
            }
            case "alg none" -> {
                return "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.";
            }
            case "wrong signature" -> {
                return Tokens.signed("another-secret-of-more-than-32-bytes", claims);
            }
            case "expired" -> claims.put("exp", now - 60);
            case "refresh", "sliding" -> claims.put("token_type", as);
            case "no token_type", "no user_id", "no iat" -> claims.remove(as.substring(3));
            case "nbf in future" -> claims.put("nbf", now + 600);
            case "user_id as text" -> claims.put("user_id", "1");
            case "user_id not a number" -> claims.put("user_id", "abc");
            case "user_id null" -> claims.put("user_id", null);
            case "unknown user" -> claims.put("user_id", 999);
            case "inactive user" -> claims.put("user_id", 6);
            default -> assertThat(USERS).containsKey(as);
        }
        return Tokens.signed(Stack.jwtSecret(), claims);
    }

    private static Expected choice(String field, String value) {
        return new Expected(
                400, "{'" + field + "':['Select a valid choice. " + value + " is not one of the available choices.']}");
    }

    private record Expected(int status, @Nullable String body) {}
}
