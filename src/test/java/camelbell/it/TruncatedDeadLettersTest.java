package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Topics of dead letters that were there before the hub and take less than what dies: the dead letter says what is missing. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TruncatedDeadLettersTest {

    private static final String PATH = "/api/admin/dead-letters/";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int ADMIN = 1;

    private final Map<String, String> topics = Stack.freshTopics();
    private final byte[] noise = noise(1_200_000);
    private final Hub hub = hub();
    private final LargeFeed feed = new LargeFeed(hub);
    private final Rest rest = new Rest(hub);
    private final RecordMetadata original;

    private Hub hub() {
        String events = setting("dead-letters");
        String users = setting("users-dead-letters");
        LargeFeed.create(topics.get(events), 40_000);
        LargeFeed.create(topics.get(users), 2_500);
        return new Hub(events + "=" + topics.get(events), users + "=" + topics.get(users));
    }

    private static String setting(String topic) {
        return "camelbell.kafka.topics." + topic;
    }

    TruncatedDeadLettersTest() throws Exception {
        People.admins(hub, 1);
        feed.raise("ticket-events", 5 * MEGABYTE);
        feed.raise("users", 5 * MEGABYTE);
        original = feed.post("ticket-events", "63", noise, Map.of("ce_subject", bytes("63")));
        feed.post("ticket-events", noise(MEGABYTE), bytes("rubbish"), Map.of());
        feed.post("users", "9", noise, Map.of());
        People.event(hub, "behind");
    }

    @BeforeAll
    void what_is_behind_them_goes_on() {
        await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
    }

    @AfterAll
    void stop() {
        feed.close();
        hub.close();
    }

    @Test
    void the_dead_letter_holds_the_head_and_names_the_parts_that_are_not_as_received() throws Exception {
        ConsumerRecord<byte[], byte[]> head = deadLetter("dead-letters", one -> one.value().length > 100);
        ConsumerRecord<byte[], byte[]> keyless = deadLetter("dead-letters", one -> one.value().length < 100);
        ConsumerRecord<byte[], byte[]> bare = deadLetter("users-dead-letters", one -> true);

        assertThat(header(head, "camelbell-truncated")).isEqualTo("value");
        assertThat(header(head, "camelbell-original-size")).isEqualTo("1200000");
        assertThat(header(head, "camelbell-original-sha256")).isEqualTo(sha256(noise));
        assertThat(header(head, "ce_subject")).isEqualTo("63");
        assertThat(head.key()).isEqualTo(bytes("63"));
        assertThat(head.value()).isEqualTo(Arrays.copyOf(noise, head.value().length));
        assertThat(header(keyless, "camelbell-truncated")).isEqualTo("key");
        assertThat(keyless.value()).isEqualTo(bytes("rubbish"));
        assertThat(header(bare, "camelbell-truncated")).isEqualTo("key,value,headers");
        assertThat(header(bare, "camelbell-original-sha256")).isEqualTo(sha256(noise));
        assertThat(bare.value()).isEmpty();
        Contracts contracts = new Contracts();
        List.of(head, keyless, bare).forEach(deadLetter -> contracts.check("dead-letter-headers", reasons(deadLetter)));
    }

    @Test
    void a_replay_posts_the_original_to_the_byte_and_says_when_it_is_gone() throws Exception {
        await().until(() -> rest.get(PATH, ADMIN).status() == 200);
        JsonNode listed = rest.get(PATH + "?code=TOO_LARGE", ADMIN).json().at("/results/0");
        assertThat(listed.get("truncated").asBoolean()).isTrue();
        assertThat(listed.get("size").asInt()).isEqualTo(1_200_000);
        assertThat(listed.get("sha256").asText()).isEqualTo(sha256(noise));
        String deadLetter = PATH + listed.get("id").asText() + "/";
        assertThat(rest.get(deadLetter, ADMIN).json().get("value_base64").asText())
                .isNotEmpty();

        assertThat(rest.post(deadLetter + "replay/", ADMIN).body()).isEqualTo("{\"count\":1,\"more\":false}");
        await().until(() -> posted("ticket-events", noise) == 2);
        await().until(() ->
                rest.get(PATH + "?code=TOO_LARGE", ADMIN).json().get("results").size() == 2);

        feed.forget(original);
        assertThat(rest.post(deadLetter + "replay/", ADMIN).status()).isEqualTo(410);
        assertThat(rest.post(PATH + "replay/?code=TOO_LARGE", ADMIN)
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
    }

    private long posted(String topic, byte[] value) {
        try (RecordTopic all = new RecordTopic(hub, topic)) {
            List<ConsumerRecord<byte[], byte[]>> found =
                    await().until(all::all, read -> read.size() == hub.endOf(topic));
            return found.stream()
                    .filter(one -> Arrays.equals(one.value(), value))
                    .count();
        }
    }

    private ConsumerRecord<byte[], byte[]> deadLetter(String topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        try (RecordTopic all = new RecordTopic(hub, topic)) {
            return await().until(() -> all.all().stream().filter(which).findFirst(), Optional::isPresent)
                    .orElseThrow();
        }
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static ObjectNode reasons(ConsumerRecord<byte[], byte[]> deadLetter) {
        ObjectNode headers = new JsonMapper().createObjectNode();
        for (Header header : deadLetter.headers()) {
            if (header.key().startsWith("camelbell-")) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> deadLetter, String name) {
        return new String(deadLetter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
