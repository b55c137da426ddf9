package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Webhook.Status;
import camelbell.model.HubTag;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The status webhook over HTTP: rows H1 to H5 of the test catalogue, and receipts in any order. */
class WhatsAppReceiptsTest {

    private static final String SECRET = UUID.randomUUID().toString();
    private static final String GOOD = "?hub.mode=subscribe&hub.verify_token=a%20token&hub.challenge=";
    private static final List<String> RANKS = List.of("PENDING", "SENT", "FAILED", "DELIVERED", "READ");
    private static Hub hub;
    private static Webhook meta;

    /** One WhatsApp message that Meta has accepted. */
    private record Sent(long id, String wamid) {}

    @BeforeAll
    static void start() {
        hub = new Hub(
                "camelbell.whatsapp.app-secret=" + SECRET,
                "camelbell.whatsapp.verify-token=a token",
                "camelbell.whatsapp.response-timeout=25s",
                "camelbell.whatsapp.attempt-timeout=30s",
                "camelbell.whatsapp.parked-every-ms=100");
        meta = new Webhook(hub, SECRET);
        hub.post(
                "users",
                "1",
                "{\"id\":1,\"username\":\"a\",\"name\":\"A\",\"role\":\"ADMIN\",\"whatsapp_number\":\"+12125550100\"}");
        hub.flush();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Sent send() {
        return send(1).get(0);
    }

    private static List<Sent> send(int messages) {
        long before = hub.jdbc()
                .sql("SELECT coalesce(max(id), 0) FROM notification_log")
                .query(Long.class)
                .single();
        for (int i = 0; i < messages; i++) {
            hub.post("ticket-events", "63", event(UUID.randomUUID().toString()));
        }
        hub.flush();
        List<Sent> all = new ArrayList<>();
        await().until(() -> {
            all.clear();
            all.addAll(hub.jdbc()
                    .sql(
                            "SELECT id, provider_id FROM notification_log WHERE id > ? AND channel = 'WHATSAPP' AND status = 'SENT'")
                    .param(before)
                    .query((row, number) -> new Sent(row.getLong("id"), row.getString("provider_id")))
                    .list());
            return all.size() == messages;
        });
        return all;
    }

    @Test
    void H1_the_right_token_gets_its_challenge_back_as_text() throws Exception {
        var answer = meta.get(GOOD + "11582_01-a");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("11582_01-a");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?hub.mode=subscribe&hub.challenge=117",
                "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=117",
                "?hub.mode=subscribe&hub.verify_token=&hub.challenge=117",
                "?hub.mode=unsubscribe&hub.verify_token=a%20token&hub.challenge=117",
                "?hub.verify_token=a%20token&hub.challenge=117",
                GOOD,
                GOOD + "%3Cscript%3E117",
                GOOD + "117%0A",
                GOOD + "%zz117"
            })
    void H1_any_other_verification_is_403_and_reflects_nothing(String query) throws Exception {
        var answer = meta.get(query.replace("%zz", "%25zz"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("117", "script");
    }

    static Stream<String> wrongSignatures() throws Exception {
        String body = body("é");
        String right = Webhook.hmac(SECRET, body);
        return Stream.of(
                "",
                right,
                "sha1=" + right,
                "sha256=",
                "sha256=" + right.substring(2),
                "sha256=" + right + "00",
                "sha256=zz" + right.substring(2),
                "sha256=" + Webhook.hmac(SECRET, body.replace("é", "\\u00e9")),
                "sha256=" + Webhook.hmac("another secret", body));
    }

    @ParameterizedTest
    @MethodSource("wrongSignatures")
    void H2_a_wrong_signature_is_401_and_writes_nothing(String signature) throws Exception {
        assertThat(meta.post(body("é"), signature.isEmpty() ? null : signature).statusCode())
                .isEqualTo(401);
        assertThat(parked()).isZero();
    }

    @Test
    void H2_upper_case_hex_is_a_signature_too() throws Exception {
        Sent sent = send();
        String body = Webhook.body(number(), List.of(new Status(sent.wamid, "read", null)));
        assertThat(meta.post(body, "sha256=" + Webhook.upper(Webhook.hmac(SECRET, body)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(status(sent)).isEqualTo("READ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "null",
                "{\"object\":\"page\",\"entry\":[{\"changes\":[]}]}",
                "{\"object\":\"whatsapp_business_account\"}",
                "{\"object\":\"whatsapp_business_account\",\"entry\":{\"changes\":7}}",
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":{\"messages\":[{\"text\":\"🔔\"}]}}]}]}"
            })
    void H3_what_is_signed_but_no_receipt_is_acknowledged(String body) throws Exception {
        assertThat(meta.post(body)).isEqualTo(200);
        assertThat(parked()).isZero();
    }

    @Tag("long")
    @Test
    void H3_three_megabytes_with_a_thousand_statuses_are_all_applied() throws Exception {
        List<Sent> all = send(1000);
        String body = Webhook.body(
                number(),
                all.stream()
                        .map(one -> new Status(one.wamid, "delivered", null))
                        .toList());
        String padding = "\"padding\":\"" + "🔔".repeat((3_000_000 - body.length()) / 4) + "\",";

        assertThat(meta.post("{" + padding + body.substring(1))).isEqualTo(200);

        assertThat(statuses(all)).hasSize(1000).containsOnly("DELIVERED");
        assertThat(meta.post(" ".repeat(3 * 1024 * 1024 + 1))).isEqualTo(413);
    }

    @Test
    void H4_a_receipt_that_comes_again_or_late_changes_nothing_and_unread_counts_stay() throws Exception {
        Sent sent = send();
        long unread = unread();
        meta.tell(new Status(sent.wamid, "read", sent.id));
        meta.tell(new Status(sent.wamid, "read", sent.id));
        meta.tell(new Status(sent.wamid, "sent", sent.id), new Status(sent.wamid, "delivered", sent.id));
        meta.tell(new Status(sent.wamid, "failed", sent.id));

        assertThat(status(sent)).isEqualTo("READ");
        assertThat(unread()).isEqualTo(unread);
        assertThat(published(sent)).containsExactly("sent", "read");
    }

    @Test
    void H4_failed_counts_until_the_message_was_delivered() throws Exception {
        Sent sent = send();
        meta.tell(new Status(sent.wamid, "failed", null));
        assertThat(status(sent)).isEqualTo("FAILED");
        assertThat(reason(sent)).isEqualTo("META 131026");

        meta.tell(new Status(sent.wamid, "delivered", null), new Status(sent.wamid, "failed", null));
        assertThat(status(sent)).isEqualTo("DELIVERED");
        assertThat(reason(sent)).isEmpty();
        assertThat(published(sent)).containsExactly("sent", "failed", "delivered");
    }

    @Test
    void after_a_retry_what_is_said_of_the_first_message_settles_nothing_unless_it_has_arrived() throws Exception {
        Sent sent = send();
        meta.tell(new Status(sent.wamid, "failed", null));
        assertThat(status(sent)).isEqualTo("FAILED");
        hub.whatsapp().script(Map.of("delay_ms", 8000));
        assertThat(new Rest(hub)
                        .post("/api/admin/deliveries/" + sent.id + "/retry/", 1)
                        .body())
                .isEqualTo("{\"count\":1,\"more\":false}");
        meta.tell(new Status(sent.wamid, "sent", sent.id), new Status(sent.wamid, "failed", sent.id));
        assertThat(status(sent)).isEqualTo("PENDING");
        assertThat(parked()).isZero();

        await().until(() -> hub.whatsapp().endDelays() == 1);
        await().untilAsserted(() -> assertThat(status(sent)).isEqualTo("SENT"));
        assertThat(text("SELECT provider_id FROM notification_log WHERE id = ?", sent))
                .isNotEqualTo(sent.wamid);
        meta.tell(new Status(sent.wamid, "failed", sent.id));
        meta.tell(new Status("wamid.of-an-attempt-without-answer", "failed", sent.id));
        assertThat(status(sent)).isEqualTo("SENT");
        assertThat(text("SELECT string_agg(outcome, ',') FROM attempt WHERE notification_id = ?", sent))
                .isEqualTo("SENT");

        meta.tell(new Status(sent.wamid, "delivered", null));
        assertThat(status(sent)).isEqualTo("DELIVERED");
    }

    @Test
    void H4_receipts_of_another_number_are_ignored() throws Exception {
        Sent sent = send();
        assertThat(meta.post(Webhook.body("999", List.of(new Status(sent.wamid, "read", sent.id)))))
                .isEqualTo(200);

        assertThat(status(sent)).isEqualTo("SENT");
        assertThat(parked()).isZero();
    }

    @Test
    void H4_a_receipt_of_an_unknown_message_waits_until_the_message_is_known() throws Exception {
        Sent sent = send();
        assertThat(meta.tell(new Status("wamid.early", "delivered", null))).isEqualTo(200);
        assertThat(parked()).isEqualTo(1);

        hub.change("INSERT INTO provider_message VALUES ('wamid.early', ?, now())", sent.id);
        await().untilAsserted(() -> assertThat(status(sent)).isEqualTo("DELIVERED"));
        assertThat(parked()).isZero();
    }

    @Test
    void H4_receipts_of_another_hub_on_the_same_number_move_nothing_of_ours() throws Exception {
        Sent sent = send();
        Sent waiting = send();
        hub.change(
                "UPDATE notification_log SET status = 'PENDING', provider_id = NULL, sent_at = NULL WHERE id = ?",
                waiting.id);
        hub.change(
                "INSERT INTO delivery VALUES (?, 'WHATSAPP', now() + interval '1 hour', 1, 'a node that died', now())",
                waiting.id);
        for (Sent one : List.of(sent, waiting)) {
            meta.tell(
                    new Status("wamid.of-staging-" + one.id, "delivered", Long.toString(one.id)),
                    new Status("wamid.of-another-" + one.id, "read", one.id + "/0123456789abcdef"),
                    new Status("wamid.of-nobody-" + one.id, "failed", one.id + "/"));
        }
        assertThat(parked("notification IS NOT NULL")).isZero();
        assertThat(parked("provider_id LIKE 'wamid.of-%'")).isEqualTo(6);

        meta.tell(
                new Status("wamid.lost", "read", waiting.id)); // is parked behind the others, and moves what is its own
        sixSecondsPass();
        await().untilAsserted(() -> assertThat(status(waiting)).isEqualTo("READ"));
        assertThat(status(sent)).isEqualTo("SENT");
        hub.execute("DELETE FROM parked_receipt");
    }

    @ParameterizedTest
    @CsvSource({
        "4711/0123456789abcdef, 0, 4711",
        "4711/fedcba9876543210, 0,",
        "4711/0123456789ABCDEF, 0,",
        "4711/0123456789abcdef0, 0,",
        "4711/, 0,",
        "/0123456789abcdef, 0,",
        "04711/0123456789abcdef, 0,",
        "4711, 0, 4711",
        "4711, 604799, 4711",
        "4711, 604800,",
        "4712, 0,",
        "-1, 0,",
        "'', 0,"
    })
    void a_bare_number_counts_for_a_week_and_for_what_was_recorded_before_the_hub_had_its_mark(
            String echoed, long seconds, Long notification) {
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        HubTag tag = new HubTag("0123456789abcdef", 4711, made);

        assertThat(tag.notification(echoed, made.plusSeconds(seconds))).isEqualTo(notification);
        assertThat(tag.notification(tag.of(5000), made.plusSeconds(seconds))).isEqualTo(5000);
    }

    @Tag("long")
    @Test
    void H4_a_receipt_settles_what_the_hub_never_heard_the_answer_to() throws Exception {
        Sent sent = send();
        hub.change(
                "UPDATE notification_log SET status = 'PENDING', provider_id = NULL, sent_at = NULL WHERE id = ?",
                sent.id);
        hub.change(
                "INSERT INTO delivery VALUES (?, 'WHATSAPP', now() + interval '1 hour', 1, 'a node that died', now())",
                sent.id);
        Instant told = Instant.now();
        meta.tell(new Status("wamid.lost", "read", sent.id));

        await().untilAsserted(() -> assertThat(status(sent)).isEqualTo("READ"));
        assertThat(sentAt(sent))
                .as("a node that lives would have settled it by then")
                .isAfter(told.plusSeconds(5));
        assertThat(hub.jdbc()
                        .sql("SELECT count(*) FROM delivery")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_parked_receipt_whose_change_the_database_refuses_holds_up_no_other() throws Exception {
        Sent sent = send();
        Sent good = send();
        for (Sent one : List.of(sent, good)) {
            hub.change(
                    "UPDATE notification_log SET status = 'PENDING', provider_id = NULL, sent_at = NULL WHERE id = ?",
                    one.id);
        }
        hub.execute("ALTER TABLE notification_log ADD CONSTRAINT odd CHECK (id <> " + sent.id
                + " OR status = 'PENDING') NOT VALID");
        try {
            meta.tell(new Status("wamid.refused", "read", sent.id), new Status("wamid.good", "read", good.id));
            sixSecondsPass();
            await().untilAsserted(() -> assertThat(status(good)).isEqualTo("READ"));
            await().until(() -> parked() == 0);
            assertThat(status(sent)).isEqualTo("PENDING");
        } finally {
            hub.execute("ALTER TABLE notification_log DROP CONSTRAINT odd");
        }
    }

    @Test
    void a_notification_that_somebody_has_locked_holds_up_no_other_receipt_and_gets_its_own_when_it_is_free()
            throws Exception {
        Sent sent = send();
        Sent good = send();
        try (Connection frozen = hub.connection()) {
            frozen.setAutoCommit(false);
            try (Statement lock = frozen.createStatement()) {
                lock.execute("SELECT 1 FROM notification_log WHERE id = " + sent.id + " FOR UPDATE");
            }
            assertThat(meta.tell(new Status(sent.wamid, "read", sent.id), new Status(good.wamid, "read", good.id)))
                    .isEqualTo(200);
            assertThat(status(good)).isEqualTo("READ");
            frozen.rollback();
        }
        await().untilAsserted(() -> assertThat(status(sent)).isEqualTo("READ"));
        await().until(() -> parked() == 0);
    }

    @Test
    void a_template_that_is_refused_because_of_the_window_has_failed() throws Exception {
        Sent sent = send();
        String body = Webhook.body(number(), List.of(new Status(sent.wamid, "failed", sent.id)));
        assertThat(meta.post(body.replace("131026", "131047"))).isEqualTo(200);

        assertThat(status(sent)).isEqualTo("FAILED");
        assertThat(reason(sent)).isEqualTo("META 131047");
    }

    @Test
    @SuppressWarnings("try") // closing is the use
    void H5_without_a_database_it_is_soon_500_in_json_and_the_same_call_later_is_stored() throws Exception {
        Sent sent = send();
        String body = Webhook.body(number(), List.of(new Status(sent.wamid, "delivered", sent.id)));
        try (DatabaseAway away = new DatabaseAway(hub)) {
            long begun = System.nanoTime();
            var answer = meta.post(body, "sha256=" + Webhook.hmac(SECRET, body));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"A server error occurred.\"}");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        }
        await().until(() -> meta.post(body) == 200);
        assertThat(status(sent)).isEqualTo("DELIVERED");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatever_order_loss_and_repetition_a_status_never_goes_back_and_the_highest_stays(long seed) throws Exception {
        Random random = new Random(seed);
        List<Sent> all = send(20);
        List<Status> receipts = new ArrayList<>();
        Map<String, Integer> highest = new HashMap<>();
        for (Sent one : all) {
            for (String status : List.of("sent", "delivered", "read", "failed")) {
                for (int copies = random.nextInt(3); copies > 0; copies--) {
                    receipts.add(new Status(one.wamid, status, random.nextBoolean() ? one.id : null));
                    highest.merge(one.wamid, RANKS.indexOf(status.toUpperCase(Locale.ROOT)), Math::max);
                }
            }
        }
        Collections.shuffle(receipts, random);
        Map<Sent, Integer> seen = new HashMap<>();
        for (int from = 0; from < receipts.size(); ) {
            int to = Math.min(receipts.size(), from + 1 + random.nextInt(4));
            meta.tell(receipts.subList(from, to).toArray(Status[]::new));
            from = to;
            List<String> now = statuses(all);
            for (int i = 0; i < all.size(); i++) {
                int rank = RANKS.indexOf(now.get(i));
                assertThat(rank).as("seed " + seed).isGreaterThanOrEqualTo(seen.getOrDefault(all.get(i), 0));
                seen.put(all.get(i), rank);
            }
        }
        assertThat(all).allSatisfy(one -> assertThat(RANKS.indexOf(status(one)))
                .as("seed " + seed)
                .isEqualTo(Math.max(1, highest.getOrDefault(one.wamid, 1))));
    }

    @Tag("long")
    @Test
    void without_secrets_nothing_is_verified_and_nothing_taken() throws Exception {
        try (Hub bare = new Hub("camelbell.whatsapp.app-secret=", "camelbell.whatsapp.verify-token=")) {
            Webhook webhook = new Webhook(bare, SECRET);
            assertThat(webhook.get("?hub.mode=subscribe&hub.verify_token=&hub.challenge=1")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(webhook.post("{}")).isEqualTo(401);
        }
    }

    private static String number() {
        return hub.property("camelbell.whatsapp.phone-number-id");
    }

    private static String body(String padding) {
        return Webhook.body(number(), List.of(new Status("wamid." + padding, "read", null)));
    }

    private static String status(Sent one) {
        return text("SELECT status FROM notification_log WHERE id = ?", one);
    }

    /** In the order of the messages, all as they are at one moment. */
    private static List<String> statuses(List<Sent> all) {
        Map<Long, String> byId = new HashMap<>();
        hub.jdbc()
                .sql("SELECT id, status FROM notification_log WHERE id IN (:ids)")
                .param("ids", all.stream().map(Sent::id).toList())
                .query(row -> {
                    byId.put(row.getLong("id"), row.getString("status"));
                });
        return all.stream()
                .map(one -> byId.getOrDefault(one.id, "no such notification"))
                .toList();
    }

    private static String reason(Sent one) {
        return text("SELECT coalesce(reason, '') FROM notification_log WHERE id = ?", one);
    }

    private static Instant sentAt(Sent one) {
        return hub.jdbc()
                .sql("SELECT sent_at FROM notification_log WHERE id = ?")
                .param(one.id)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private static String text(String sql, Sent one) {
        return hub.jdbc().sql(sql).param(one.id).query(String.class).single();
    }

    /** For what is parked: by then a node that lives would have settled it. */
    private static void sixSecondsPass() {
        hub.execute("UPDATE parked_receipt SET parked_at = parked_at - interval '6 seconds'");
    }

    private static long parked() {
        return parked("true");
    }

    private static long parked(String which) {
        return hub.jdbc()
                .sql("SELECT count(*) FROM parked_receipt WHERE " + which)
                .query(Long.class)
                .single();
    }

    private static long unread() {
        return hub.jdbc().sql("SELECT sum(unread) FROM inbox").query(Long.class).single();
    }

    private static List<String> published(Sent one) {
        try (StatusTopic topic = new StatusTopic(hub)) {
            await().until(() -> hub.query("SELECT count(*) FROM status_outbox") == 0
                    && topic.all().size() == hub.endOf("status"));
            return topic.all().stream()
                    .filter(entry -> entry.json().path("notification").asLong() == one.id)
                    .map(StatusTopic.Entry::change)
                    .toList();
        }
    }

    private static String event(String id) {
        return """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_created","data":{"ticket":{"id":63,
                "title":"Down","priority":"LOW","category":"BUG","status":"NEW","created_by":9,"project_name":"Main",
                "created_at":"2026-01-01T00:00:00Z"}}}"""
                .formatted(id);
    }
}
