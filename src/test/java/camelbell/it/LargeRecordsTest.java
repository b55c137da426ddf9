package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records that are larger than Kafka's clients and topics take by default: each is put aside, none stops what is behind it. */
@Tag("long")
class LargeRecordsTest {

    private static final int MEGABYTE = 1024 * 1024;

    /** More than a producer sends by default, as a dead letter: with the reasons of its death it is larger than it came. */
    private static final int LARGEST_BY_DEFAULT = 1_048_300;

    private final Random random = new Random(11);

    @Test
    void records_of_any_size_are_put_aside_to_the_byte_and_what_is_behind_them_goes_on() throws Exception {
        byte[] byDefault = noise(LARGEST_BY_DEFAULT);
        byte[] noise = noise(1_200_000);
        byte[] shrinks = new byte[3 * MEGABYTE];
        Arrays.fill(shrinks, (byte) 'a');
        byte[] key = noise(MEGABYTE);
        try (Hub hub = new Hub();
                LargeFeed feed = new LargeFeed(hub)) {
            People.admins(hub, 1);
            feed.raise("ticket-events", 5 * MEGABYTE);
            feed.raise("users", 5 * MEGABYTE);
            feed.postByDefault("ticket-events", "63", byDefault);
            feed.post("ticket-events", "63", noise, Map.of());
            feed.postCompressed("ticket-events", "63", shrinks);
            feed.post("ticket-events", key, "rubbish".getBytes(StandardCharsets.UTF_8), Map.of());
            feed.post("ticket-events", "63", new byte[0], Map.of("ce_subject", noise(MEGABYTE / 2)));
            feed.post("users", "9", noise, Map.of());
            People.event(hub, "behind");

            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 1);
            List<ConsumerRecord<byte[], byte[]>> deadLetters = deadLetters(hub, "dead-letters", 5);
            assertThat(deadLetters).noneMatch(deadLetter -> hasHeader(deadLetter, "camelbell-truncated"));
            assertThat(deadLetters).extracting(ConsumerRecord::value).contains(byDefault, noise, shrinks, new byte[0]);
            assertThat(deadLetters).extracting(ConsumerRecord::key).contains(key);
            assertThat(deadLetters(hub, "users-dead-letters", 1).get(0).value()).isEqualTo(noise);
        }
    }

    /** Sequence numbers are taken by the batch, so they tell how many there were. */
    @Test
    void a_batch_is_bounded_by_the_bytes_of_its_records_as_they_are_read() throws Exception {
        byte[] deadLetter = new byte[300_000];
        try (Hub hub = new Hub("camelbell.kafka.batch-bytes=1000000");
                LargeFeed feed = new LargeFeed(hub)) {
            People.admins(hub, 1);
            List<byte[]> values = new ArrayList<>();
            for (int event = 0; event < 20; event++) {
                values.add(deadLetter);
                values.add(withBallast(People.event("e" + event, 63)));
            }
            feed.postTogether("ticket-events", "63", values);

            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 20);
            assertThat(hub.query("SELECT last_value / 100 FROM ticket_event_id"))
                    .isGreaterThanOrEqualTo(8);
            assertThat(deadLetters(hub, "dead-letters", 20)).hasSize(20);
        }
    }

    /** The event with something beside it that the hub does not read. */
    private static byte[] withBallast(String event) {
        return event.replaceFirst("\\{", "{\"ballast\":\"" + "a".repeat(200_000) + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(Hub hub, String topic, int count) {
        try (RecordTopic all = new RecordTopic(hub, topic)) {
            return await().until(all::all, found -> found.size() == count);
        }
    }

    private byte[] noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static boolean hasHeader(ConsumerRecord<byte[], byte[]> deadLetter, String name) {
        return deadLetter.headers().lastHeader(name) != null;
    }
}
