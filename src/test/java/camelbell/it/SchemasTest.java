package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of the contracts take their examples and refuse what is broken. */
class SchemasTest {

    private static final Contracts CONTRACTS = new Contracts();

    static Stream<String> schemas() {
        return CONTRACTS.schemas.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void a_schema_takes_its_examples(String name) {
        assertThat(schema(name).get("examples")).isNotEmpty().allSatisfy(example -> CONTRACTS.check(name, example));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void a_schema_refuses_an_example_that_lacks_a_field_or_has_one_of_the_wrong_type(String name) {
        JsonNode schema = schema(name);
        List<Mutation> mutations = Mutation.of(schema, CONTRACTS.schemas);

        assertThat(mutations).allSatisfy(broken -> assertThat(CONTRACTS.complaints(name, broken.value()))
                .as(name + " " + broken)
                .isNotEmpty());
        assertThat(mutations)
                .hasSizeGreaterThanOrEqualTo(
                        schema.get("required") == null
                                ? 1
                                : schema.get("required").size());
    }

    @Test
    void the_answers_that_openapi_shows_are_of_the_schema_beside_them() {
        assertThat(CONTRACTS.openApi.findParents("schema")).isNotEmpty().allSatisfy(shown -> {
            Stream<JsonNode> examples =
                    Stream.concat(shown.findValues("value").stream(), Stream.ofNullable(shown.get("example")));
            assertThat(examples.toList())
                    .allSatisfy(example -> assertThat(CONTRACTS.complaints(shown.get("schema"), example))
                            .as(shown.toString())
                            .isEmpty());
        });
    }

    private static JsonNode schema(String name) {
        JsonNode schema = CONTRACTS.schemas.get(name);
        if (schema == null) {
            throw new AssertionError("no schema " + name);
        }
        return schema;
    }
}
