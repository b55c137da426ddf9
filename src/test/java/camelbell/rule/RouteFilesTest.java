package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.check.Check;
import camelbell.configuration.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

/** R6 to R8 by the check that engineers have, too, and what is asked of the files that are shipped beyond it. */
class RouteFilesTest {

    private static final int MOST_LINES = 80;
    private static final Pattern COMPARISON = Pattern.compile(" (==|!=|<|>|<=|>=|&&|\\|\\|) ");
    private static final Pattern TESTS = Pattern.compile("Test: ([A-Za-z]+(?:, [A-Za-z]+)*)");

    @Test
    void R6_R7_R8_the_check_finds_nothing_in_what_is_shipped() {
        assertThat(Check.folder("file:routes", new StandardEnvironment())).isEmpty();
    }

    @Test
    void the_check_finds_nothing_in_an_example_but_that_its_keys_and_its_channel_are_not_there_yet(@TempDir Path folder)
            throws IOException {
        for (String shipped : List.of("routes", "routes/examples")) {
            for (RouteFile file : RouteFile.in(Path.of(shipped))) {
                Files.copy(file.path(), folder.resolve(file.name()));
            }
        }

        assertThat(Check.folder("file:" + folder, new StandardEnvironment()))
                .filteredOn(found -> found.file().endsWith(".camel.yaml"))
                .extracting(Finding::text)
                .allMatch(
                        found -> found.contains("is set nowhere here") || found.contains("policy.yaml has no channel"));
    }

    @Test
    void every_route_file_begins_with_what_it_is_for_and_stays_small() throws IOException {
        List<String> large = new ArrayList<>();
        for (RouteFile file : RouteFile.all()) {
            List<String> lines = Files.readAllLines(file.path());
            String header = String.join(
                    "\n", lines.stream().takeWhile(line -> line.startsWith("#")).toList());
            assertThat(header)
                    .as(file.toString())
                    .contains("In:")
                    .contains("Out:")
                    .contains("On failure:")
                    .contains("Test:");
            large.addAll(tooLong(file, lines));
        }
        for (RouteFile example : RouteFile.in(Path.of("routes/examples"))) {
            large.addAll(tooLong(example, Files.readAllLines(example.path())));
        }
        assertThat(large).isEmpty();
    }

    /** The elements of the file that are longer than a screen; the parameters of a template are its description. */
    private static List<String> tooLong(RouteFile file, List<String> lines) {
        List<String> large = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).startsWith("- ")) {
                if (i - begin > MOST_LINES) {
                    large.add(file.name() + " line " + (begin + 1) + " and the " + (i - begin) + " below");
                }
                begin = i;
            } else if (lines.get(i).equals("    route:")) {
                begin = i;
            }
        }
        return large;
    }

    /** Simple compares only where a predicate is asked for; elsewhere the operator is text, and "false" never comes. */
    @Test
    void nothing_is_set_to_the_text_of_a_comparison() {
        List<String> compared = new ArrayList<>();
        for (RouteFile file : RouteFile.all()) {
            file.walk((name, step) -> {
                if (name.equals("setBody") || name.equals("setProperty") || name.equals("setHeader")) {
                    String simple = step.at("/expression/simple/expression").asText();
                    if (COMPARISON.matcher(simple).find()) {
                        compared.add(file.name() + " " + step.path("id").asText());
                    }
                }
            });
        }
        assertThat(compared).isEmpty();
    }

    @Test
    void every_test_that_a_route_file_names_exists() throws IOException {
        Set<String> classes = new HashSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            sources.forEach(file -> classes.add(file.getFileName().toString().replace(".java", "")));
        }
        for (RouteFile file : RouteFile.withExamples()) {
            Matcher named = TESTS.matcher(Files.readString(file.path()));
            assertThat(named.find()).as(file.toString()).isTrue();
            assertThat(classes).as(file.toString()).contains(named.group(1).split(", "));
        }
    }

    @Test
    void the_index_of_the_routes_folder_names_every_file() throws IOException {
        String index = Files.readString(RouteFile.FOLDER.resolve("README.md"));
        Set<String> missing = new TreeSet<>();
        RouteFile.all().stream()
                .map(RouteFile::name)
                .filter(name -> !index.contains(name))
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }
}
