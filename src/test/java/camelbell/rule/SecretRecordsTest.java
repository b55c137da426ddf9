package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A record prints all that it holds; one that holds a password, a secret, a provider's token or people's addresses must say itself what it prints.
 */
class SecretRecordsTest {

    private static final Pattern SECRET = Pattern.compile("\\brecord \\w+\\([^)]*\\b(?:String|List<String>) "
            + "(?:password|secrets?|\\w*Secret|accessToken|verifyToken)\\b[^)]*\\)|"
            + "\\brecord \\w+\\([^)]*\\bMap<String, String> contacts\\b[^)]*\\)");

    @Test
    void a_record_with_a_secret_does_not_print_it() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            List<Path> holding = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> SECRET.matcher(text(file)).find())
                    .toList();

            assertThat(holding).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(text(file))
                    .contains("public String toString()"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
