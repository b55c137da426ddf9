package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a name in a log, a route or a stack knows which class it is. */
class NamesTest {

    @Test
    void no_two_classes_of_the_hub_have_one_simple_name() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .toList();

            assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates();
        }
    }
}
