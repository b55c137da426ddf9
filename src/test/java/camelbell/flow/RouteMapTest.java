package camelbell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.flow.RouteMap.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteMapTest {

    private static final Path ROUTES = Path.of("routes");

    /** When it fails: what it found is what belongs into the page. */
    @Test
    void the_picture_in_the_folder_of_the_routes_is_what_the_files_say() throws IOException {
        String page = Files.readString(ROUTES.resolve("README.md"));

        assertThat(page).contains("```mermaid\n" + map().mermaid() + "```\n");
    }

    @Test
    void an_event_is_followed_from_kafka_to_every_channel_and_to_what_became_of_it() throws IOException {
        assertThat(stage("10-ticket-events").inputs()).containsExactly("Kafka ticket-events");
        assertThat(stage("10-ticket-events").calls())
                .contains("20-recipients", "30-record", "40-dispatch", "70-dead-letters");
        assertThat(stage("40-dispatch").calls())
                .containsExactly("50-channel-mail", "51-channel-whatsapp", "52-channel-websocket");
        assertThat(stage("50-channel-mail").calls()).as("by the template").containsExactly("60-settle");
        assertThat(stage("52-channel-websocket").calls()).containsExactly("85-announcements");
        assertThat(stage("61-status").outputs()).containsExactly("Kafka status");
    }

    @Test
    void the_routes_that_a_bean_is_told_to_ask_are_calls() throws IOException {
        assertThat(stage("82-whatsapp-receipts").routes()).contains("store-receipts", "whatsapp-receipts");
        assertThat(stage("50-channel-mail").routes()).contains("channel-mail", "channel-mail-attempt");
    }

    @Test
    void a_stage_says_what_it_is_for_in_the_words_of_its_file() throws IOException {
        assertThat(stage("40-dispatch").purpose()).isEqualTo("copy each person's message to each of their channels");
        assertThat(map().stages())
                .allSatisfy(stage -> assertThat(stage.purpose()).isNotEmpty());
    }

    private static Stage stage(String name) throws IOException {
        return map().stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RouteMap map() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(ROUTES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().endsWith(".camel.yaml")) {
                    texts.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return RouteMap.of(texts);
    }
}
