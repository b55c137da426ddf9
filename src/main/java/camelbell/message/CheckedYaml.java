package camelbell.message;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** A YAML file that has passed its JSON Schema, and the lines of its entries for what a schema cannot say. */
record CheckedYaml(String file, JsonNode content) {

    static CheckedYaml read(Resource resource, String schema) {
        String file = resource.getDescription();
        JsonNode content = parse(resource, file);
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema(schema)).validate(content).stream()
                .min(Comparator.comparingInt(wrong -> line(wrong.getInstanceNode())))
                .ifPresent(wrong -> {
                    throw wrong(file, wrong);
                });
        return new CheckedYaml(file, content);
    }

    InvalidTemplateException complaint(@Nullable JsonNode where, String complaint) {
        return new InvalidTemplateException(file, line(where), complaint, null);
    }

    private static InvalidTemplateException wrong(String file, ValidationMessage wrong) {
        return new InvalidTemplateException(file, line(wrong.getInstanceNode()), wrong.getMessage(), null);
    }

    private static int line(@Nullable JsonNode node) {
        JsonLocation at = node == null ? null : JsonNodes.tokenLocationOf(node);
        return at == null ? 0 : at.getLineNr();
    }

    private static JsonNode parse(Resource resource, String file) {
        try {
            String text = resource.getContentAsString(StandardCharsets.UTF_8);
            return JsonNodeReader.builder().locationAware().build().readTree(text, InputFormat.YAML);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new InvalidTemplateException(
                    file, at == null ? 0 : at.getLineNr(), "not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidTemplateException(file, 0, "cannot be read; check camelbell.routes", e);
        }
    }

    private static InputStream schema(String name) {
        InputStream schema = CheckedYaml.class.getResourceAsStream("/schema/" + name);
        return Objects.requireNonNull(schema, name);
    }
}
