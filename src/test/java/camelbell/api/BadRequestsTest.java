package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.it.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests that no client of ours sends: a status of its own for each, in JSON, and never a 500. */
class BadRequestsTest extends ApiHub {

    private static final String LIST = "/api/notifications/";

    @Autowired
    private PlatformHttpEngine http;

    @BeforeEach
    void load() throws Exception {
        try (InputStream fixture = Objects.requireNonNull(getClass().getResourceAsStream("/api/fixture.json"))) {
            load(fixture);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, 404",
        "page=-1, 404",
        "page=abc, 404",
        "page=1e9, 404",
        "page=9223372036854775808, 404",
        "page_size=0, 200",
        "page_size=-1, 200",
        "page_size=100000, 200",
        "is_read=maybe, 400",
        "is_read=1, 200",
        "is_read=TRUE, 200",
        "is_read=, 200",
        "is_read=true&is_read=maybe, 400",
        "is_read=maybe&is_read=true, 200",
        "notification_type=SMS, 400",
        "notification_type=email, 400",
        "'notification_type=EMAIL,SYSTEM', 400",
        "ticket=abc, 400",
        "ticket=-1, 400",
        "ticket=9223372036854775808, 400",
        "ticket=%27%20OR%201=1, 400",
        "cursor=%00, 404",
        // cursors of times that no notification has and the database may not know: the years -29720, 0, 10000 and 33658
        "cursor=by05OTk5OTk5OTk5OTk5OTk5OTk6MQ, 404",
        "cursor=by02MjEzNTU5NjgwMDAwMDAwMTox, 404",
        "cursor=bjI1MzQwMjMwMDgwMDAwMDAwMDox, 404",
        "cursor=bjk5OTk5OTk5OTk5OTk5OTk5OTox, 404",
        "cursor=bjI1MzQwMjMwMDc5OTk5OTk5OTox, 200",
        "is_read=%00, 400",
        "notification_type=%FF%FE, 400"
    })
    void a_bad_query_is_refused_or_clamped(String query, int status) throws Exception {
        Answer answer = get(LIST + "?" + query, 1);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        if (status == 400) {
            assertThat(answer.json().has(query.substring(0, query.indexOf('='))))
                    .isTrue();
        }
    }

    @Test
    void a_token_that_ends_past_every_time_that_the_database_knows_gets_a_ticket() throws Exception {
        for (long expiry : List.of(253_402_300_800L, 9_224_318_016_000L, 9_223_372_036_854_775L)) {
            String token = Tokens.signed(Stack.jwtSecret(), Tokens.claims(Map.of("exp", expiry)));
            Answer answer =
                    send("POST", "/api/notifications/ws_ticket/", Map.of("Authorization", "Bearer " + token), "");
            assertThat(answer.status()).describedAs(answer.body()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipient=2", "user_id=2", "HubUser=2"})
    void nobody_sees_anothers_rows_by_asking(String claim) throws Exception {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + Tokens.of(1), "X-User-Id", "2", "HubUser", "2", "user_id", "2");
        assertThat(send("GET", LIST + "?" + claim, headers, "").json().get("results"))
                .isEqualTo(get(LIST, 1).json().get("results"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8888", "abc", "-1", "0", "9223372036854775808", "1%20OR%201=1", "%00", "%2e%2e"})
    void what_cannot_be_marked_does_not_exist(String id) throws Exception {
        Answer answer = post(LIST + id + "/mark_as_read/", 1);
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"detail\":\"Not found.\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//notifications/",
                "//api/notifications/",
                "/api/notifications/%00",
                "/api/notifications/..;/notifications/",
                "/api/./notifications/",
                "/x/../api/notifications/",
                "/%61pi/notifications/",
                "/api%2fnotifications/",
                "/API/notifications/",
                "/ws/../api/notifications/"
            })
    void no_form_of_a_path_gets_past_the_token(String path) throws Exception {
        Answer answer = send("GET", path, Map.of(), "");
        assertThat(answer.status()).describedAs(answer.body()).isIn(400, 401, 404);
        assertThat(answer.body()).startsWith("{\"detail\":").doesNotContain("results");
    }

    @Test
    void what_is_too_large_has_a_status_of_its_own_and_ends_the_connection() throws Exception {
        assertThat(raw("GET " + LIST + " HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(65_536) + "\r\n\r\n"))
                .containsPattern("^HTTP/1\\.[01] 431 ")
                .contains("\"code\":\"headers_too_large\"");
        assertThat(raw("GET " + LIST + "?" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .containsPattern("^HTTP/1\\.[01] 414 ")
                .contains("\"code\":\"address_too_long\"");
        assertThat(raw("POST " + LIST + " HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n"))
                .containsPattern("^HTTP/1\\.[01] 400 ")
                .contains("\"code\":\"bad_request\"");
        assertThat(raw("nonsense\r\n\r\n"))
                .containsPattern("^HTTP/1\\.[01] 400 ")
                .contains("\"code\":\"bad_request\"");
    }

    @Test
    void bodies_are_limited_and_ignored_on_get_and_formats_refused() throws Exception {
        Answer large = send("POST", LIST + "mark_all_as_read/", bearer(), "x".repeat(10_000_000));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.body()).contains("\"code\":\"body_too_large\"");
        assertThat(send("GET", LIST, bearer(), "{\"page_size\":1}").status()).isEqualTo(200);
        Map<String, String> xml = new HashMap<>(bearer());
        xml.put("Accept", "application/xml");
        assertThat(send("GET", LIST, xml, "").body()).contains("\"code\":\"not_acceptable\"");
        assertThat(List.of(
                        get(LIST + "mark_all_as_read/", 1).status(),
                        get(LIST + "3/mark_as_read/", 1).status()))
                .containsOnly(405);
    }

    private static Map<String, String> bearer() throws Exception {
        return Map.of("Authorization", "Bearer " + Tokens.of(1));
    }

    /** All that comes until the hub closes the connection, perhaps before it has heard everything. */
    private String raw(String request) throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("localhost", http.getServerPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closed) {
                // the answer is there already
            }
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException closed) {
                // what came before it is the answer
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
