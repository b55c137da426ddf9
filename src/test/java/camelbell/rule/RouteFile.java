package camelbell.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** One file of routes/, parsed. */
record RouteFile(Path path, JsonNode content) {

    static final Path FOLDER = Path.of("routes");

    static List<RouteFile> all() {
        return in(FOLDER);
    }

    /** Those that run, and those that are there to be copied. */
    static List<RouteFile> withExamples() {
        return Stream.concat(all().stream(), in(FOLDER.resolve("examples")).stream())
                .toList();
    }

    private static List<RouteFile> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .map(RouteFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RouteFile read(Path path) {
        try {
            return new RouteFile(path, new YAMLMapper().readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    int number() {
        return Integer.parseInt(name().substring(0, 2));
    }

    List<JsonNode> routes() {
        List<JsonNode> routes = new ArrayList<>();
        content.forEach(item -> {
            if (item.has("route")) {
                routes.add(item.get("route"));
            }
        });
        return routes;
    }

    /** The channels whose route this file has made from the template {@code channel}: their parameters by name. */
    List<Map<String, String>> channels() {
        List<Map<String, String>> channels = new ArrayList<>();
        content.forEach(item -> {
            if (item.has("templatedRoute")) {
                Map<String, String> parameters = new HashMap<>();
                JsonNode made = item.get("templatedRoute");
                parameters.put("routeId", made.path("routeId").asText());
                made.path("parameters")
                        .forEach(parameter -> parameters.put(
                                parameter.get("name").asText(),
                                parameter.path("value").asText()));
                channels.add(parameters);
            }
        });
        return channels;
    }

    /** The beans that this file makes, by name: their types. */
    Map<String, String> beans() {
        Map<String, String> beans = new HashMap<>();
        content.forEach(item -> item.path("beans")
                .forEach(bean ->
                        beans.put(bean.path("name").asText(), bean.path("type").asText())));
        return beans;
    }

    /** The names that a template of this file gives to what its users say. */
    Set<String> templateParameters() {
        Set<String> names = new HashSet<>();
        content.forEach(item -> item.at("/routeTemplate/parameters")
                .forEach(parameter -> names.add(parameter.get("name").asText())));
        return names;
    }

    /** Calls back with every field of the file, at any depth: its name and its value. */
    void walk(BiConsumer<String, JsonNode> visit) {
        walk(content, visit);
    }

    private static void walk(JsonNode node, BiConsumer<String, JsonNode> visit) {
        node.properties().forEach(field -> {
            visit.accept(field.getKey(), field.getValue());
            walk(field.getValue(), visit);
        });
        if (node.isArray()) {
            node.forEach(item -> walk(item, visit));
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
