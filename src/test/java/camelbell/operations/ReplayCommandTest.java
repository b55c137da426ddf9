package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {

    private static final String USER = "{\"id\":%d,\"username\":\"u\",\"name\":\"Ü\",\"role\":\"CLIENT\"}%n";
    private static final String EVENT = "{\"id\":\"%d\",\"subject\":\"%d\",\"data\":{\"ticket\":{\"id\":%2$d}}}%n";

    private final Map<String, String> topics = Stack.freshTopics();
    private final String users = topics.getOrDefault("camelbell.kafka.topics.users", "");
    private final String events = topics.getOrDefault("camelbell.kafka.topics.ticket-events", "");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void create() throws Exception {
        topics.forEach(System::setProperty);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Stack.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(users, 1, (short) 1), new NewTopic(events, 3, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            // created is not yet known: the replay asks once and believes the answer
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> admin.describeTopics(List.of(users, events))
                                    .allTopicNames()
                                    .get(20, TimeUnit.SECONDS)
                                    .size()
                            == 2);
        }
    }

    @AfterEach
    void forget() {
        topics.keySet().forEach(System::clearProperty);
    }

    @Test
    void plain_and_compressed_files_arrive_byte_for_byte_keyed_and_in_order() throws Exception {
        Path usersFile = file("users", lines(USER, 50));
        Path eventsFile = folder.resolve("events.of-any-name");
        Files.write(eventsFile, gzip(lines(EVENT, 300)));

        Typed typed = Typed.in("replay", "--users", usersFile.toString(), "--events", eventsFile.toString());

        assertThat(typed.err()).doesNotContain("Exception");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).contains(users + ": 50 records", events + ": 300 records");
        assertThat(read(users, 1)).hasSize(50).allSatisfy(one -> assertThat(one.value())
                .isEqualTo(USER.formatted(Integer.valueOf(one.key())).strip()));
        List<ConsumerRecord<String, String>> sent = read(events, 3);
        assertThat(sent).hasSize(300);
        assertThat(sent)
                .filteredOn(one -> "7".equals(one.key()))
                .extracting(ConsumerRecord::value)
                .first()
                .asString()
                .contains("\"id\":\"7\"");
        assertThat(sent).allSatisfy(one -> assertThat(
                        one.headers().lastHeader("content-type").value())
                .asString()
                .isEqualTo("application/cloudevents+json"));
    }

    @Test
    void a_bad_line_is_named_and_nothing_at_all_is_sent() throws Exception {
        Path usersFile = file("users", lines(USER, 3));
        String good = lines(EVENT, 4);

        for (String bad : List.of("{\"subject\":", "[1]", "{\"id\":\"x\"}", "{} {}", "{\"a\":\"\u0001\"}")) {
            Typed typed = Typed.in(
                    "replay",
                    "--users",
                    usersFile.toString(),
                    "--events",
                    file("e", good + bad + "\n").toString());

            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.err()).contains("line 5: it ", "Nothing was sent").doesNotContain("\tat ");
        }
        assertThat(read(users, 1)).isEmpty();
        assertThat(read(events, 3)).isEmpty();
    }

    @Test
    void what_is_not_there_is_said_in_one_sentence() throws Exception {
        Path usersFile = file("users", lines(USER, 1));

        assertThat(failure("replay", "--users", "no-such-file")).contains("There is no file no-such-file.");
        assertThat(failure("replay", "--users", usersFile.toString(), "--brokers", "nowhere.invalid:9092"))
                .contains("Kafka at nowhere.invalid:9092 cannot be used");
        System.setProperty("camelbell.kafka.topics.users", "no-such-topic");
        assertThat(failure("replay", "--users", usersFile.toString())).contains("no-such-topic", "does not exist");
    }

    @Tag("long")
    @Test
    void a_broker_that_is_not_there_is_waited_for_ten_seconds() throws Exception {
        long began = System.nanoTime();

        assertThat(failure("send", "ticket_created", "--creator", "3", "--brokers", "localhost:1"))
                .contains("No Kafka broker answers at localhost:1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void a_rate_is_kept() throws Exception {
        Path file = file("users", lines(USER, 30));
        long began = System.nanoTime();

        assertThat(Typed.in("replay", "--users", file.toString(), "--rate", "20/s")
                        .exitCode())
                .isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1400));
    }

    @Test
    void an_event_of_which_the_hub_says_nothing_is_posted_and_that_is_said() throws Exception {
        String status = topics.getOrDefault("camelbell.kafka.topics.status", "");
        assertThat(failure("send", "ticket_created", "--creator", "3")).contains(status, "does not exist");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", Stack.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(status, 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> {
            Typed typed = Typed.in("send", "ticket_created", "--creator", "3", "--wait", "1s");
            assertThat(typed.exitCode()).isEqualTo(5);
            assertThat(typed.err()).hasLineCount(1).contains("said nothing of it within 1.0 s");
        });
        assertThat(read(events, 3)).isNotEmpty();
    }

    @Test
    void one_event_can_be_sent_from_the_command_line() {
        Typed typed = Typed.in(
                "send", "ticket_assigned", "--creator", "3", "--assignee", "4", "--assignee", "5", "--wait", "0s");

        assertThat(typed.exitCode()).isZero();
        List<ConsumerRecord<String, String>> sent = read(events, 3);
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).key()).isEqualTo("63");
        assertThat(sent.get(0).value())
                .isEqualTo(typed.out().strip())
                .contains("\"type\":\"ticket_assigned\"", "\"assignees\":[4,5]", "\"created_by\":3");
    }

    private static String failure(String... args) {
        Typed typed = Typed.in(args);
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err().lines()).hasSize(1);
        return typed.err();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String lines(String form, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(form.formatted(i, i));
        }
        return text.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<ConsumerRecord<String, String>> read(String topic, int partitions) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Stack.kafka().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(new TopicPartition(topic, i));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long stored = consumer.endOffsets(all).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (records.size() < stored) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }
}
