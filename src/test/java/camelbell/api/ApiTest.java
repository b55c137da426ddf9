package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Tokens;
import camelbell.model.HandshakeTickets;
import camelbell.model.TokenCheck;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ApiTest extends ApiHub {

    private static final String LIST = "/api/notifications/";

    @Autowired
    private HandshakeTickets tickets;

    @BeforeEach
    void load() throws Exception {
        try (InputStream fixture = Objects.requireNonNull(getClass().getResourceAsStream("/api/fixture.json"))) {
            load(fixture);
        }
        announced().reset();
    }

    @Test
    void a_notification_has_the_keys_of_the_contract_in_their_order() throws Exception {
        Answer answer = get(LIST + "?ticket=10&notification_type=SYSTEM", 1);

        assertThat(answer.json().get("results").get(0))
                .hasToString("{\"id\":3,\"ticket\":10,\"ticket_title\":\"Printer \\\"on\\\" fire & 火\",\"recipient\":1,"
                        + "\"recipient_name\":\"Asha Rao\",\"notification_type\":\"SYSTEM\","
                        + "\"notification_type_display\":\"System Alert\",\"subject\":\"New Ticket Created\","
                        + "\"message\":\"m3\",\"status\":\"SENT\",\"status_display\":\"Sent\","
                        + "\"sent_at\":\"2026-01-05T08:00:01.120000Z\",\"created_at\":\"2026-01-05T08:00:01.120000Z\","
                        + "\"is_read\":false,\"read_at\":null,\"event_id\":\"fixture-3\","
                        + "\"event_type\":\"ticket_created\"}");
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        assertThat(get(LIST, 2)
                        .json()
                        .get("results")
                        .get(0)
                        .get("recipient_name")
                        .asText())
                .isEqualTo("ben");
    }

    @Test
    void lists_are_newest_first_and_skipped_rows_come_only_when_asked_for() throws Exception {
        assertThat(ids(get(LIST, 1))).containsExactly(6L, 4L, 3L, 1L);
        assertThat(ids(get(LIST + "unread/", 1))).containsExactly(6L, 3L, 1L);
        assertThat(ids(get(LIST + "?status=SKIPPED", 1))).containsExactly(2L);
        assertThat(ids(get(LIST + "?status=FAILED", 1))).containsExactly(1L);
        assertThat(get(LIST + "?status=LOST", 1).body())
                .isEqualTo("{\"status\":[\"Select a valid choice. LOST is not one of the available choices.\"]}");
    }

    @Test
    void filters_and_pages_work_together_and_links_keep_them() throws Exception {
        JsonNode page =
                get(LIST + "?page_size=1&page=2&is_read=0&x=a%20b%2A~", 1).json();
        assertThat(page.get("count").asInt()).isEqualTo(3);
        assertThat(page.get("next").asText()).isEqualTo(base() + LIST + "?is_read=0&page=3&page_size=1&x=a+b%2A~");
        assertThat(page.get("previous").asText()).isEqualTo(base() + LIST + "?is_read=0&page_size=1&x=a+b%2A~");
        assertThat(get(LIST + "?page=5", 1).body()).isEqualTo("{\"detail\":\"Invalid page.\"}");
        assertThat(get(LIST + "?is_read=perhaps", 1).status()).isEqualTo(400);
        assertThat(get(LIST + "?page_size=99999999999999999999", 1).status()).isEqualTo(200);
        assertThat(get("/api/notifications?page=last", 1).status()).isEqualTo(200);
    }

    @Test
    void cursors_walk_the_list_both_ways_while_rows_arrive() throws Exception {
        JsonNode first = get(LIST + "?cursor=&page_size=2", 1).json();
        assertThat(ids(first)).containsExactly(6L, 4L);
        assertThat(first.get("previous").isNull()).isTrue();
        change("INSERT INTO notification_log SELECT 99, 100007, 1, 'SYSTEM', 'SENT', NULL, true, 9, now(), now()");

        JsonNode second = get(path(first.get("next")), 1).json();
        assertThat(ids(second)).containsExactly(3L, 1L);
        assertThat(second.get("next").isNull()).isTrue();
        JsonNode back = get(path(second.get("previous")), 1).json();
        assertThat(ids(back)).containsExactly(6L, 4L);
        assertThat(ids(get(path(back.get("previous")), 1).json())).containsExactly(99L);
        assertThat(get(LIST + "?cursor=garbage", 1).body()).isEqualTo("{\"detail\":\"Invalid cursor\"}");
    }

    @Test
    void what_belongs_to_another_does_not_exist() throws Exception {
        assertThat(post(LIST + "7/mark_as_read/", 1).body()).isEqualTo("{\"detail\":\"Not found.\"}");
        assertThat(post(LIST + "8888/mark_as_read/", 1).body()).isEqualTo("{\"detail\":\"Not found.\"}");
        assertThat(post(LIST + "99999999999999999999/mark_as_read/", 1).status())
                .isEqualTo(404);
        assertThat(unread(2)).isEqualTo("{\"count\":1,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":1}}");
    }

    @Test
    void marking_one_counts_it_out_once_and_tells_the_other_devices() throws Exception {
        announced().expectedBodiesReceived(List.of(List.of(1L)));
        JsonNode marked = post(LIST + "3/mark_as_read/", 1).json();
        assertThat(marked.get("notification").get("is_read").asBoolean()).isTrue();
        assertThat(unread(1)).isEqualTo("{\"count\":2,\"by_type\":{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":1}}");

        assertThat(post(LIST + "3/mark_as_read/", 1).json()).isEqualTo(marked);
        assertThat(unread(1)).startsWith("{\"count\":2,");
        announced().assertIsSatisfied(20_000);
        assertThat(announced().getExchanges().get(0).getMessage().getHeaders()).isEmpty();
    }

    @Test
    void marking_all_stops_at_up_to_and_leaves_skipped_rows_alone() throws Exception {
        assertThat(post(LIST + "mark_all_as_read/?up_to=3", 1).body())
                .isEqualTo("{\"message\":\"2 notification(s) marked as read\",\"count\":2}");
        assertThat(unread(1)).isEqualTo("{\"count\":1,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":1}}");
        assertThat(post(LIST + "mark_all_as_read/?up_to=7", 1).status()).isEqualTo(400);
        assertThat(post(LIST + "mark_all_as_read/?ticket=10", 1)
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(post(LIST + "mark_all_as_read", 1).json().get("count").asInt())
                .isEqualTo(1);
        assertThat(get(LIST + "?status=SKIPPED&is_read=false", 1)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void marking_all_knows_no_status_so_that_skipped_rows_are_never_counted() throws Exception {
        assertThat(post(LIST + "mark_all_as_read/?status=SKIPPED&up_to=3", 1).body())
                .isEqualTo("{\"message\":\"2 notification(s) marked as read\",\"count\":2}");
        assertThat(post(LIST + "mark_all_as_read/?status=nonsense", 1).body())
                .isEqualTo("{\"message\":\"1 notification(s) marked as read\",\"count\":1}");
        assertThat(get(LIST + "?status=SKIPPED&is_read=false", 1)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void devices_that_mark_at_once_never_count_twice() throws Exception {
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            paths.addAll(List.of("1/mark_as_read/", "3/mark_as_read/", "mark_all_as_read/", "6/mark_as_read/"));
        }
        ExecutorService devices = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        for (String path : paths) {
            answers.add(devices.submit(() -> {
                go.await();
                return post(LIST + path, 1).status();
            }));
        }
        go.countDown();
        for (Future<Integer> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        }
        devices.shutdown();
        assertThat(unread(1)).isEqualTo("{\"count\":0,\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":0}}");
    }

    @Test
    void methods_head_and_options_follow_the_routes() throws Exception {
        Answer wrong = send("PUT", LIST + "unread/", bearer(), "");
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.headers()).containsEntry("allow", "GET, HEAD, OPTIONS");
        assertThat(wrong.body()).isEqualTo("{\"detail\":\"Method \\\"PUT\\\" not allowed.\"}");

        Answer head = send("HEAD", LIST, bearer(), "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();

        Answer options = send("OPTIONS", LIST + "3/mark_as_read/", bearer(), "");
        assertThat(options.headers()).containsEntry("allow", "POST, OPTIONS");
        assertThat(options.json().get("name").asText()).isEqualTo("Mark as read");
        assertThat(options.json().get("actions").get("POST").has("event_id")).isTrue();
        assertThat(send("GET", "/api/notifications/3/", bearer(), "").status()).isEqualTo(404);
    }

    @Test
    void without_a_good_token_there_is_nothing_but_401() throws Exception {
        Answer none = send("GET", LIST, Map.of(), "");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.headers()).containsEntry("www-authenticate", "Bearer realm=\"api\"");
        assertThat(none.body()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
        assertThat(get(LIST, 4).body()).isEqualTo("{\"detail\":\"User is inactive\",\"code\":\"user_inactive\"}");
        assertThat(get(LIST, 77).body()).isEqualTo("{\"detail\":\"User not found\",\"code\":\"user_not_found\"}");
    }

    @Test
    void a_handshake_ticket_is_good_once() throws Exception {
        Answer issued = post(LIST + "ws_ticket/", 3);
        assertThat(issued.headers()).containsEntry("cache-control", "no-store");
        assertThat(get(LIST, 3).headers()).doesNotContainKey("cache-control");
        JsonNode answer = issued.json();
        assertThat(answer.get("expires_in").asInt()).isEqualTo(30);
        String ticket = answer.get("ticket").asText();

        assertThat(tickets.redeem(ticket)).isInstanceOfSatisfying(TokenCheck.Accepted.class, accepted -> assertThat(
                        accepted.user().id())
                .isEqualTo(3));
        assertThat(tickets.redeem(ticket)).isInstanceOf(TokenCheck.Rejected.class);
        assertThat(tickets.redeem("nonsense")).isInstanceOf(TokenCheck.Rejected.class);
    }

    @Test
    void a_handshake_ticket_ages_and_is_kept_as_a_hash_only() throws Exception {
        String ticket = post(LIST + "ws_ticket/", 3).json().get("ticket").asText();
        assertThat(jdbc().sql("SELECT count(*) FROM ws_ticket WHERE position(convert_to(?, 'UTF8') IN hash) > 0")
                        .param(ticket)
                        .query(Long.class)
                        .single())
                .isZero();
        change("UPDATE ws_ticket SET expires_at = now() - interval '1 second'");
        assertThat(tickets.redeem(ticket)).isInstanceOf(TokenCheck.Rejected.class);
    }

    private MockEndpoint announced() {
        return camel.getEndpoint("mock:announced", MockEndpoint.class);
    }

    private String unread(long user) throws Exception {
        return get(LIST + "unread_count/", user).body();
    }

    private String path(JsonNode link) {
        return link.asText().substring(base().length());
    }

    private static Map<String, String> bearer() throws Exception {
        return Map.of("Authorization", "Bearer " + Tokens.of(1));
    }

    private static List<Long> ids(Answer answer) throws Exception {
        return ids(answer.json());
    }

    private static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.get("results").forEach(row -> ids.add(row.get("id").asLong()));
        return ids;
    }
}
