package camelbell.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    static List<RouteFile> in(Path folder) {
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

    List<JsonNode> routes() {
        List<JsonNode> routes = new ArrayList<>();
        content.forEach(item -> {
            if (item.has("route")) {
                routes.add(item.get("route"));
            }
        });
        return routes;
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
