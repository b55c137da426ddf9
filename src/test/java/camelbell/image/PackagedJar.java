package camelbell.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code mvn package} has made. */
final class PackagedJar {

    private PackagedJar() {}

    /** Where it is, whole. */
    static String path() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.getFileName().toString().matches("camelbell-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no jar in target: run mvn package first"))
                    .toAbsolutePath()
                    .toString();
        }
    }
}
