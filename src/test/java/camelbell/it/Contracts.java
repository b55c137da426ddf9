package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The contracts as files, made strict: a key that no schema names is refused, so that what the hub says and nobody
 * described comes to light. Clients get the open ones.
 */
final class Contracts {

    private static final Path FOLDER = Path.of("src/main/resources/contracts");
    private static final String BASE = "http://hub/api/";
    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /** As they stand in the files, by name. */
    final Map<String, JsonNode> schemas = new TreeMap<>();

    final JsonNode openApi = read(FOLDER.resolve("openapi.json"));

    /** Names of the schemas that something was held against. */
    final Set<String> used = new TreeSet<>();

    private final JsonSchemaFactory factory;

    Contracts() {
        Map<String, String> strict = new HashMap<>();
        for (Path file : files()) {
            String name = file.getFileName().toString().replace(".json", "");
            schemas.put(name, read(file));
            strict.put(BASE + "schemas/" + name + ".json", strict(read(file)).toString());
        }
        factory = JsonSchemaFactory.getInstance(
                VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(strict)));
    }

    /** What is wrong with the value; empty when nothing is. */
    Set<ValidationMessage> complaints(String schema, JsonNode value) {
        used.add(schema);
        return factory.getSchema(SchemaLocation.of(BASE + "schemas/" + schema + ".json"), CONFIG)
                .validate(value);
    }

    void check(String schema, JsonNode value) {
        assertThat(complaints(schema, value)).as(schema + " " + value).isEmpty();
    }

    /** A frame from the hub or to it; its type says which schema. */
    void checkFrame(JsonNode frame) {
        String type = frame.path("type").asText("notification").replace('_', '-');
        check("frame-" + type, frame);
    }

    /** An answer of REST: the document must name its status, and describe its body. */
    void checkAnswer(String method, String path, Caller.Answer answer) {
        JsonNode response = openApi.at("/paths").path(path).path(method).at("/responses/" + answer.status());
        assertThat(response.isMissingNode())
                .as("openapi.json: " + method + " " + path + " " + answer.status() + " " + answer.body())
                .isFalse();
        JsonNode schema = resolved(response).at("/content/application~1json/schema");
        assertThat(complaints(schema, answer.body()))
                .as(method + " " + path + " " + answer)
                .isEmpty();
    }

    /** Held against a schema of openapi.json. */
    Set<ValidationMessage> complaints(JsonNode schema, JsonNode value) {
        schema.findValuesAsText("$ref")
                .forEach(ref -> used.add(ref.replace("schemas/", "").replace(".json", "")));
        JsonSchema built = factory.getSchema(SchemaLocation.of(BASE + "openapi.json"), schema, CONFIG);
        return built.validate(value);
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? openApi.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode strict(JsonNode schema) {
        if (schema.path("type").asText().equals("object") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(Contracts::strict);
        return schema;
    }

    private static Iterable<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("schemas"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
