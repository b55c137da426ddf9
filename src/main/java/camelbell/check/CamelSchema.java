package camelbell.check;

import camelbell.check.CamelParser.ParseError;
import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says why Camel would not read an element, with what was meant: Camel's parser decides that it would not, and the JSON Schema of
 * the same Camel knows which keys there are.
 */
final class CamelSchema {

    private static final Pattern NAMED = Pattern.compile("(?:field|id|node|[Nn]ode with id)s?: ?([\\w-]+)");

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

    /** @param refusals what Camel's parser says of the file */
    void explain(RouteSource file, List<ParseError> refusals) {
        Set<ValidationMessage> complaints = schema.validate(file.yaml().content());
        refusals.forEach(refusal -> explain(file, refusal, complaints));
    }

    private void explain(RouteSource file, ParseError refusal, Set<ValidationMessage> complaints) {
        Matcher named = NAMED.matcher(refusal.why());
        if (named.find()) {
            for (ValidationMessage wrong : complaints) {
                String key = String.valueOf(wrong.getProperty());
                if ("additionalProperties".equals(wrong.getType()) && key.equals(named.group(1))) {
                    String meant = Meant.by(key, keys(wrong));
                    if (!meant.isEmpty()) {
                        file.yaml().errorAtKey(wrong.getInstanceNode(), key, "no key " + key + " here" + meant);
                        return;
                    }
                }
            }
        }
        file.yaml().errorAt(refusal.line(), refusal.column(), "Camel does not read this: " + refusal.why());
    }

    private Collection<String> keys(ValidationMessage wrong) {
        Collection<String> keys = new TreeSet<>();
        schema.getSchemaNode()
                .at(wrong.getSchemaLocation().getFragment().getParent() + "/properties")
                .fieldNames()
                .forEachRemaining(keys::add);
        return keys;
    }
}
