package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages that are written by hand name what code and schemas have, and nothing else. */
class ReferencePagesTest {

    private static final Path REFERENCE = Path.of("src/docs/reference");
    private static final Pattern METER = Pattern.compile("\"(camelbell\\.[a-z.]+[a-z])\"");
    /** Names of other things, in classes that have meters. */
    private static final Set<String> NO_METERS =
            Set.of("camelbell.kafka.consumers", "camelbell.loop.batch", "camelbell.routes");

    private static final Pattern BELL_NAMES = Pattern.compile("(?:part=\"|(?=--camelbell-))([a-z-]+[a-z])");
    private static final Pattern ATTRIBUTES = Pattern.compile("observedAttributes ?= ?\\[([^]]+)]");

    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    @Test
    void the_page_of_retries_names_every_key_class_and_kind_of_error_of_the_schema() throws IOException {
        String page = Files.readString(REFERENCE.resolve("retries.md"));
        JsonNode channel = new JsonMapper()
                .readTree(
                        Path.of("src/main/resources/schema/retries.schema.json").toFile())
                .at("/properties/channels/additionalProperties");
        Set<String> keys = new TreeSet<>();
        keys(channel, keys);

        assertThat(keys)
                .contains("schedule", "jitter", "probes", "recipient-rate", "stop-channel")
                .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }

    private static void keys(JsonNode schema, Set<String> keys) {
        schema.path("properties").properties().forEach(key -> {
            keys.add(key.getKey());
            keys(key.getValue(), keys);
        });
    }

    /** As the file has them that pages load. */
    @Test
    void the_page_of_the_bell_names_its_attributes_parts_and_custom_properties() throws IOException {
        String page = Files.readString(REFERENCE.resolve("bell.md"));
        String bell = Files.readString(Path.of("src/web/bell/dist/camelbell-bell.js"));
        Set<String> names = new TreeSet<>();
        BELL_NAMES.matcher(bell).results().forEach(found -> names.add(found.group(1)));
        Matcher attributes = ATTRIBUTES.matcher(bell);

        assertThat(attributes.find()).isTrue();
        names.addAll(List.of(attributes.group(1).replaceAll("[\"' ]", "").split(",")));
        assertThat(names).contains("token-url", "--camelbell-accent");
        assertThat(page).contains(names.stream().map(name -> "`" + name + "`").toList());
    }

    /** Metrics of Camel and of libraries are their own. */
    @Test
    void the_tables_of_metrics_name_every_meter_that_code_has_and_no_other() throws IOException {
        Set<String> registered = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java"))
                    .map(ReferencePagesTest::text)
                    .filter(text -> text.contains("import io.micrometer."))
                    .forEach(text -> METER.matcher(text).results().forEach(name -> registered.add(name.group(1))));
        }
        assertThat(registered).containsAll(NO_METERS);
        registered.removeAll(NO_METERS);
        registered.removeIf(name -> Files.isDirectory(Path.of("src/main/java", name.replace('.', '/')))); // packages
        Set<String> named = new TreeSet<>();
        try (Stream<Path> pages = Files.list(REFERENCE)) {
            pages.map(ReferencePagesTest::text).forEach(text -> tables(text).forEach(row -> names(row, named)));
        }
        assertThat(named).isEqualTo(registered);
    }

    /** The rows below a head that begins with the word metric. */
    private static List<String> tables(String page) {
        return Pattern.compile("(?m)^\\| metric[^\n]*\\n\\|---.*\\n((?:\\|.*\\n)+)")
                .matcher(page)
                .results()
                .flatMap(table -> table.group(1).lines())
                .map(row -> row.replaceFirst("^\\|([^|]*)\\|.*$", "$1"))
                .toList();
    }

    /** {@code `a.b.c`, `.d`} names a.b.c and a.b.d. */
    private static void names(String cell, Set<String> names) {
        String last = "";
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            String said = name.group(1);
            String full = said.startsWith(".") ? last.substring(0, Math.max(0, last.lastIndexOf('.'))) + said : said;
            if (full.startsWith("camelbell.")) {
                names.add(full);
            }
            last = said.startsWith(".") ? last : said;
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
