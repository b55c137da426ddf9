package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contracts as files say what the routes and the policy table say, no more and no less. */
class ContractRulesTest {

    private static final Path FOLDER = Path.of("src/main/resources/contracts");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void openapi_describes_exactly_the_operations_of_the_rest_routes_under_api() throws IOException {
        Set<String> described = new TreeSet<>();
        openApi().get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        Set<String> routed = new TreeSet<>();
        RouteFile.all().forEach(file -> file.content().findValues("rest").forEach(rest -> add(rest, routed)));
        routed.removeIf(operation -> !operation.contains(" /api/"));

        assertThat(described).isEqualTo(routed).isNotEmpty();
    }

    /** The page of the API shows it; CHANGELOG.md says what has changed since the one before. */
    @Test
    void the_documents_have_the_version_of_the_product() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom)
                .contains("<artifactId>camelbell</artifactId>\n  <version>"
                        + openApi().at("/info/version").asText() + "</version>");
        assertThat(asyncApi().at("/info/version")).isEqualTo(openApi().at("/info/version"));
    }

    private static void add(JsonNode rest, Set<String> operations) {
        for (String method : METHODS) {
            for (JsonNode operation : rest.path(method)) {
                String path = rest.path("path").asText() + "/"
                        + operation.path("path").asText();
                operations.add(method + " " + path.replaceAll("/+", "/"));
            }
        }
    }

    @Test
    void every_reference_of_the_documents_leads_somewhere_and_every_schema_is_used() throws IOException {
        Set<String> used = new TreeSet<>();
        resolve(FOLDER.resolve("openapi.json"), openApi(), used);
        resolve(FOLDER.resolve("asyncapi.yaml"), asyncApi(), used);
        Set<String> files = new TreeSet<>();
        for (Path file : schemas()) {
            files.add(file.getFileName().toString());
            resolve(file, new JsonMapper().readTree(file.toFile()), used);
        }

        assertThat(used).isEqualTo(files);
    }

    private static void resolve(Path file, JsonNode document, Set<String> used) {
        for (String reference : document.findValuesAsText("$ref")) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(file + " " + reference)
                        .isFalse();
            } else {
                assertThat(file.resolveSibling(reference)).exists();
                used.add(Path.of(reference).getFileName().toString());
            }
        }
    }

    @Test
    void asyncapi_names_the_topics_of_the_configuration() throws IOException {
        JsonNode topics = new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile())
                .at("/camelbell/kafka/topics");
        Set<String> configured = new TreeSet<>();
        topics.forEach(topic -> configured.add(topic.asText()));
        configured.remove(topics.get("announcements").asText()); // between the nodes: nobody else's business
        Set<String> described = new TreeSet<>(asyncApi().get("channels").findValuesAsText("address"));
        described.remove("/ws/notifications/");

        assertThat(described).isEqualTo(configured);
    }

    @Test
    void the_words_of_the_schemas_are_those_of_the_policy_table() throws IOException {
        JsonNode policy = new YAMLMapper()
                .readTree(RouteFile.FOLDER.resolve("policy.yaml").toFile());
        String types = schema("ticket-event").at("/properties/type/description").asText();
        policy.get("events").fieldNames().forEachRemaining(type -> assertThat(types)
                .contains(type));
        Set<String> channels = new TreeSet<>();
        schema("unread-counts").at("/properties/by_type/required").forEach(code -> channels.add(code.asText()));
        Set<String> known = new TreeSet<>();
        policy.get("channels").fieldNames().forEachRemaining(known::add);
        assertThat(channels).isEqualTo(known);
    }

    private static List<Path> schemas() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("schemas"))) {
            return files.toList();
        }
    }

    private static JsonNode schema(String name) throws IOException {
        return new JsonMapper()
                .readTree(FOLDER.resolve("schemas/" + name + ".json").toFile());
    }

    private static JsonNode openApi() throws IOException {
        return new JsonMapper().readTree(FOLDER.resolve("openapi.json").toFile());
    }

    private static JsonNode asyncApi() throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve("asyncapi.yaml").toFile());
    }
}
