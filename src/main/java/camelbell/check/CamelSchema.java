package camelbell.check;

import camelbell.configuration.CheckedYaml;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The JSON Schema of the YAML DSL, from the very Camel that runs the routes. */
final class CamelSchema {

    private final JsonSchema schema;

    CamelSchema() {
        try (InputStream in = CamelSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(
                            VersionFlag.V4,
                            factory -> factory.metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV4())
                                    .keyword(new NonValidationKeyword("deprecated"))
                                    .build()))
                    .getSchema(
                            new JsonMapper().readTree(Objects.requireNonNull(in)),
                            // it is large, and route files use little of it
                            SchemaValidatorsConfig.builder()
                                    .preloadJsonSchema(false)
                                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check(CheckedYaml yaml) {
        yaml.passes(schema, wrong -> !isPlaceholder(wrong.getInstanceNode()));
    }

    /** The schema wants a number or a truth value where Camel also takes a key of the configuration. */
    private static boolean isPlaceholder(JsonNode value) {
        return value != null && value.isTextual() && Placeholders.isOne(value.asText());
    }
}
