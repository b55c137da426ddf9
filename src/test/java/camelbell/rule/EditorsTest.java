package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What editors are told of the files in routes/, and what those keep to for the sake of visual ones. */
class EditorsTest {

    private static final Path SETTINGS = Path.of(".vscode/settings.json");

    /** Elements whose short form, a text, Camel's canonical form no longer has. */
    private static final Set<String> LONG = Set.of(
            "bean", "toD", "log", "removeHeaders", "removeHeader", "removeProperty", "setBody", "simple", "constant");

    @Test
    void every_file_that_the_hub_reads_has_one_schema_and_every_schema_is_there() throws IOException {
        JsonNode schemas = new JsonMapper().readTree(SETTINGS.toFile()).get("yaml.schemas");
        schemas.fieldNames()
                .forEachRemaining(
                        schema -> assertThat(Path.of(schema)).as(schema).exists());
        for (Path file : yaml()) {
            List<String> found = new ArrayList<>();
            schemas.properties().forEach(schema -> schema.getValue().forEach(glob -> {
                if (FileSystems.getDefault()
                        .getPathMatcher("glob:" + glob.asText())
                        .matches(file)) {
                    found.add(schema.getKey());
                }
            }));
            assertThat(found).as(file.toString()).hasSize(1);
        }
    }

    @Test
    void the_schema_of_route_files_is_that_of_the_camel_that_runs_them() throws IOException {
        try (InputStream own = EditorsTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(Files.readAllBytes(Path.of("target/schema/camelYamlDsl.json")))
                    .isEqualTo(Objects.requireNonNull(own).readAllBytes());
        }
    }

    /** Kaoto drops comments inside a route when it saves one (KaotoIO/kaoto#2735); description and note it keeps. */
    @Test
    void route_files_have_comments_above_their_first_element_only() throws IOException {
        for (RouteFile file : RouteFile.withExamples()) {
            List<String> lines = Files.readAllLines(file.path());
            int first = lines.indexOf(lines.stream()
                    .filter(line -> !line.startsWith("#"))
                    .findFirst()
                    .orElseThrow());
            assertThat(lines.subList(first, lines.size())).as(file.toString()).noneMatch(line -> line.strip()
                    .startsWith("#"));
        }
    }

    @Test
    void route_files_write_elements_and_expressions_in_their_long_form() {
        for (RouteFile file : RouteFile.withExamples()) {
            file.walk((field, value) -> assertThat(LONG.contains(field) && value.isTextual())
                    .as("%s: %s: %s", file, field, value)
                    .isFalse());
        }
    }

    private static List<Path> yaml() throws IOException {
        try (Stream<Path> files = Files.walk(RouteFile.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }
}
