package camelbell.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** docker-compose.yml, as it is started without variables set. */
final class Compose {

    private final JsonNode services;

    Compose() throws IOException {
        services = new YAMLMapper()
                .readTree(Path.of("docker-compose.yml").toFile())
                .path("services");
    }

    Map<String, String> environment(String service) {
        Map<String, String> values = new LinkedHashMap<>();
        services.path(service)
                .path("environment")
                .properties()
                .forEach(one ->
                        values.put(one.getKey(), one.getValue().asText().replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")));
        return values;
    }

    /** Of one line, or of one entry. */
    String command(String service) {
        JsonNode command = services.path(service).path("command");
        return command.isArray() ? command.path(0).asText() : command.asText().strip();
    }

    List<String> words(String service) {
        return List.of(command(service).split("\\s+", -1));
    }
}
