package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpErrorTest {

    private static final Path REFERENCE = Path.of("src/docs/reference/errors.md");

    /** Where code writes an error's code: refusals of a token, error frames, bodies in route files. */
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("Refusal\\(\\s*\"[^\"]*\",\\s*\"([a-z_]+)\""),
            Pattern.compile("Fault\\(\\s*\"([a-z_]+)\""),
            Pattern.compile("\"code\":\"([a-z_]+)\""));

    @ParameterizedTest
    @EnumSource
    void every_error_stands_in_the_reference_where_it_says(HttpError error) throws IOException {
        assertThat(error.docs()).isEqualTo("/api/docs/reference/errors#" + error.code());
        assertThat(Files.readString(REFERENCE))
                .contains("| <a id=\"" + error.code() + "\"></a>`" + error.code() + "` | " + error.status() + " |");
    }

    @Test
    void every_code_in_the_sources_stands_in_the_reference() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String folder : List.of("src/main/java", "routes")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile)
                        .map(HttpErrorTest::text)
                        .forEach(text -> CODES.forEach(pattern ->
                                pattern.matcher(text).results().forEach(found -> codes.add(found.group(1)))));
            }
        }
        assertThat(codes).contains("token_not_valid", "invalid_frame", "unavailable");
        String reference = Files.readString(REFERENCE);
        assertThat(codes).allSatisfy(code -> assertThat(reference).contains("`" + code + "`"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
