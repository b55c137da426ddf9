package camelbell.configuration;

import camelbell.model.StartRefused;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** A YAML file that has passed its JSON Schema, and the lines of its entries for what a schema cannot say. */
public record CheckedYaml(String file, JsonNode content) {

    /** Of a key that stands there twice the last one would win, and nobody would hear of the first. */
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Errors: a file that cannot be read, is no YAML or breaks its schema refuses the start, by file and line. */
    public static CheckedYaml read(Resource resource, String schema) {
        String file = resource.getDescription();
        JsonNode content = parse(resource, file);
        JsonSchema checks = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema(schema));
        checks.validate(content).stream()
                .min(Comparator.comparingInt((ValidationMessage wrong) -> line(wrong.getInstanceNode()))
                        .thenComparing(ValidationMessage::getMessage))
                .ifPresent(wrong -> {
                    throw wrong(file, wrong, checks.getSchemaNode());
                });
        return new CheckedYaml(file, content);
    }

    /** What is wrong with an entry that the schema allows; null: with the file altogether. */
    public StartRefused complaint(@Nullable JsonNode where, String complaint) {
        return new StartRefused(place(file, line(where)) + complaint);
    }

    private static StartRefused wrong(String file, ValidationMessage wrong, JsonNode schema) {
        return new StartRefused(place(file, line(wrong.getInstanceNode())) + wrong.getMessage() + meant(wrong, schema));
    }

    /** For a key that the schema does not have, or a value that is none of those that there are. */
    private static String meant(ValidationMessage wrong, JsonNode schema) {
        Collection<String> words = new ArrayList<>();
        if ("additionalProperties".equals(wrong.getType())) {
            schema.at(wrong.getSchemaLocation().getFragment().getParent() + "/properties")
                    .fieldNames()
                    .forEachRemaining(words::add);
            return Meant.by(String.valueOf(wrong.getProperty()), words);
        }
        if ("enum".equals(wrong.getType())) {
            wrong.getSchemaNode().forEach(word -> words.add(word.asText()));
            return Meant.by(wrong.getInstanceNode().asText(), words);
        }
        return "";
    }

    private static String place(String file, int line) {
        return file + (line > 0 ? ":" + line : "") + ": ";
    }

    private static int line(@Nullable JsonNode node) {
        JsonLocation at = node == null ? null : JsonNodes.tokenLocationOf(node);
        return at == null ? 0 : at.getLineNr();
    }

    private static JsonNode parse(Resource resource, String file) {
        try {
            String text = resource.getContentAsString(StandardCharsets.UTF_8);
            return JsonNodeReader.builder()
                    .yamlMapper(YAML)
                    .locationAware()
                    .build()
                    .readTree(text, InputFormat.YAML);
        } catch (IllegalArgumentException e) {
            JsonLocation at = e.getCause() instanceof JsonProcessingException fault ? fault.getLocation() : null;
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartRefused(place(file, at == null ? 0 : at.getLineNr()) + "not YAML: " + cause.getMessage(), e);
        } catch (IOException e) {
            throw new StartRefused(file + ": cannot be read; check camelbell.routes", e);
        }
    }

    private static InputStream schema(String name) {
        InputStream schema = CheckedYaml.class.getResourceAsStream("/schema/" + name);
        return Objects.requireNonNull(schema, name);
    }
}
