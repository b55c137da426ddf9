package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadLettersCommandTest {

    private final Map<String, String> settings = new HashMap<>(Stack.freshTopics());
    private final String events = setting("camelbell.kafka.topics.ticket-events");
    private final String deadLetters = setting("camelbell.kafka.topics.dead-letters");
    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", Stack.kafka().bootstrapServers());

    @BeforeEach
    void two_dead_letters() throws Exception {
        settings.putAll(Stack.hubDatabase());
        settings.forEach(System::setProperty);
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(
                            new NewTopic(events, 2, (short) 1),
                            new NewTopic(deadLetters, 1, (short) 1),
                            new NewTopic(setting("camelbell.kafka.topics.users-dead-letters"), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            for (String code : List.of("MALFORMED", "UNKNOWN_TYPE")) {
                ProducerRecord<String, String> deadLetter = new ProducerRecord<>(deadLetters, "7", "{}");
                deadLetter.headers().add("camelbell-error-code", code.getBytes(StandardCharsets.UTF_8));
                producer.send(deadLetter).get(20, TimeUnit.SECONDS);
            }
        }
    }

    @AfterEach
    void forget() {
        settings.keySet().forEach(System::clearProperty);
    }

    @Test
    void dead_letters_are_listed_and_those_of_a_code_posted_again_once() throws Exception {
        assertThat(Typed.in("dead-letters", "list").out().lines()).hasSize(2);
        assertThat(Typed.in("dead-letters", "replay").err()).startsWith("Name at least one of");

        assertThat(Typed.in("dead-letters", "replay", "--code", "UNKNOWN_TYPE").out())
                .isEqualTo("1 dead letters were posted again" + System.lineSeparator());
        assertThat(Typed.in("dead-letters", "replay", "--code", "UNKNOWN_TYPE").out())
                .startsWith("0 ");
        assertThat(Typed.in("dead-letters", "list", "--code", "UNKNOWN_TYPE").out())
                .startsWith(deadLetters + "-0-1\t")
                .endsWith("\tUNKNOWN_TYPE\t\treplayed" + System.lineSeparator());
        assertThat(posted()).isEqualTo(1);
    }

    @Test
    void a_script_reads_which_dead_letters_there_are_and_how_many_were_posted() throws Exception {
        JsonNode deadLetter = CommandsPage.documented(
                "dead-letters",
                Typed.in("dead-letters", "list", "--code", "MALFORMED", "--json")
                        .out());
        assertThat(deadLetter.path("id").asText()).isEqualTo(deadLetters + "-0-0");
        assertThat(deadLetter.path("code").asText()).isEqualTo("MALFORMED");
        assertThat(deadLetter.path("replayed_at").isNull()).isTrue();

        assertThat(CommandsPage.documented(
                                "dead-letters",
                                Typed.in("dead-letters", "replay", "--code", "MALFORMED", "--json")
                                        .out())
                        .toString())
                .isEqualTo("{\"count\":1,\"gone\":[],\"refused\":[]}");
    }

    @Test
    void a_dead_letter_that_holds_only_the_head_is_named_when_its_original_is_gone() throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> deadLetter = new ProducerRecord<>(deadLetters, "7", "{");
            Map.of(
                            "error-code", "TOO_LARGE",
                            "truncated", "value",
                            "original-topic", events,
                            "original-partition", "0",
                            "original-offset", "12")
                    .forEach((name, value) ->
                            deadLetter.headers().add("camelbell-" + name, value.getBytes(StandardCharsets.UTF_8)));
            producer.send(deadLetter).get(20, TimeUnit.SECONDS);
        }

        Typed typed = Typed.in("dead-letters", "replay", "--code", "TOO_LARGE");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out()).startsWith("0 ");
        assertThat(typed.err()).contains("the original is gone: " + deadLetters + "-0-2");
        assertThat(posted()).isZero();
    }

    @Tag("long")
    @Test
    void a_broker_that_does_not_answer_is_said_in_a_sentence() {
        System.setProperty("camelbell.kafka.brokers", "localhost:1");

        Typed typed = Typed.in("dead-letters", "list");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("Kafka at localhost:1 does not answer").doesNotContain("\tat ");
    }

    private long posted() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            long count = 0;
            for (int partition = 0; partition < 2; partition++) {
                TopicPartition one = new TopicPartition(events, partition);
                count += admin.listOffsets(Map.of(one, OffsetSpec.latest()))
                        .partitionResult(one)
                        .get(20, TimeUnit.SECONDS)
                        .offset();
            }
            return count;
        }
    }

    private String setting(String name) {
        return settings.getOrDefault(name, "");
    }
}
