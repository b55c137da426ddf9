package camelbell.check;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.configuration.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.StandardEnvironment;

/** One mistake of each kind: each is found in its file and line, in a sentence, with what was meant; none is passed over. */
class BrokenFilesTest {

    private static final Path CASES = Path.of("src/test/resources/broken/one-mistake-each.txt");
    private static final Path SHIPPED = Path.of("routes");
    private static final Pattern EXPECTED = Pattern.compile("([+-]\\d+ )?(.*)");

    private static final Check CHECK = new Check();

    @TempDir
    Path folder;

    record Mistake(String file, String right, String wrong, int moved, String finding) {

        static Mistake of(String line) {
            String[] part = line.split(" \\| ", 4);
            Matcher expected = EXPECTED.matcher(part[3]);
            assertThat(expected.matches()).isTrue();
            return new Mistake(
                    part[0].strip(),
                    text(part[1]),
                    part[2].equals("(nothing)") ? "" : text(part[2]),
                    expected.group(1) == null
                            ? 0
                            : Integer.parseInt(expected.group(1).strip()),
                    expected.group(2));
        }

        private static String text(String written) {
            return written.replace("\\n", "\n").replace("\\t", "\t");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_is_found_in_its_line_and_said_in_a_sentence(Mistake mistake) throws IOException {
        int line = make(mistake) + mistake.moved();

        List<Finding> findings = CHECK.of("file:" + folder, new StandardEnvironment());

        assertThat(findings).as("%s", findings).anySatisfy(found -> assertThat(found.toString())
                .startsWith(folder.resolve(mistake.file()) + ":" + line + ":")
                .contains(mistake.finding()));
        assertThat(findings).allSatisfy(found -> assertThat(found.text())
                .doesNotContain("Exception", "\n", "\tat ", "camelbell.check"));
    }

    @Test
    void all_mistakes_of_a_folder_are_said_in_one_run() throws IOException {
        List<Mistake> some = mistakes()
                .filter(mistake -> mistake.finding().contains("did you mean"))
                .filter(mistake -> Stream.of("12-unsent.camel.yaml", "retries.yaml", "templates/words/de.yaml")
                        .anyMatch(mistake.file()::equals))
                .toList();
        List<Mistake> made = new ArrayList<>();
        for (Mistake mistake : some) {
            if (made.stream().noneMatch(before -> before.file().equals(mistake.file()))) {
                make(mistake);
                made.add(mistake);
            }
        }

        List<Finding> findings = CHECK.of("file:" + folder, new StandardEnvironment());

        assertThat(made).hasSize(3);
        assertThat(made)
                .allSatisfy(mistake -> assertThat(findings).anySatisfy(found -> assertThat(found.file() + found.text())
                        .contains(mistake.file(), mistake.finding().replaceFirst("^(error|warning): ", ""))));
    }

    @Test
    void a_folder_without_routes_is_said_to_have_none() {
        assertThat(CHECK.of("file:" + folder, new StandardEnvironment()))
                .extracting(Finding::text)
                .contains("no route files (*.camel.yaml) there");
    }

    static Stream<Mistake> mistakes() throws IOException {
        List<String> lines = Files.readAllLines(CASES);
        return lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Mistake::of);
    }

    /** Copies what is shipped, makes the mistake, and says in which line. */
    private int make(Mistake mistake) throws IOException {
        copy();
        Path file = folder.resolve(mistake.file());
        String right = Files.readString(file);
        int at = right.indexOf(mistake.right());
        assertThat(at).as(mistake.file() + " has " + mistake.right()).isNotNegative();
        String wrong = right.substring(0, at)
                + mistake.wrong()
                + right.substring(at + mistake.right().length());
        Files.writeString(file, wrong);
        int changed = 0;
        while (changed < wrong.length() && wrong.charAt(changed) == right.charAt(changed)) {
            changed++;
        }
        return (int) wrong.substring(0, changed).chars().filter(c -> c == '\n').count() + 1;
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path to = folder.resolve(SHIPPED.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.toString().contains("examples") && !Files.exists(to)) {
                    Files.copy(file, to);
                }
            }
        }
    }
}
