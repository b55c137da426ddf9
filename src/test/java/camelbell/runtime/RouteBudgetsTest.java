package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which database connections a route works with is never left to chance. */
class RouteBudgetsTest {

    @Test
    void every_route_of_the_hub_has_a_group_whose_kind_of_work_is_known() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of("routes"))) {
            files = found.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .toList();
        }
        for (Path file : files) {
            for (JsonNode item : new YAMLMapper().readTree(file.toFile())) {
                if (item.has("route")) {
                    assertThat(RouteBudgets.BY_GROUP)
                            .as(file + " " + item.at("/route/id"))
                            .containsKey(item.at("/route/group").asText());
                }
            }
        }
    }
}
