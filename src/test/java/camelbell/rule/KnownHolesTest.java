package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds src/docs/reference/known-holes.md to the jar's list of parts, and the hub to what the page says it does not use. */
class KnownHolesTest {

    private static final Path PAGE = Path.of("src/docs/reference/known-holes.md");

    /** Made by Maven before the tests, from the runtime scope alone. */
    private static final Path PARTS = Path.of("target/classes/META-INF/sbom/application.cdx.json");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[^`:]+:[^`]+` ?)+)\\| ([^ |]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** A component where one is named in front of a colon, and those whose scheme is a setting. */
    private static final Pattern COMPONENTS = Pattern.compile("(direct|seda|timer|kafka|jpa|smtp|vertx-websocket)(:.*)?"
            + "|\\{\\{camelbell\\.(bounces\\.protocol|whatsapp\\.base-url)}}.*");

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "exchangeProperty", "header");
    private static final Set<String> ELSEWHERE = Set.of(
            "xpath",
            "xquery",
            "xtokenize",
            "tokenize",
            "saga",
            "marshal",
            "unmarshal",
            "toD",
            "enrich",
            "pollEnrich",
            "routingSlip",
            "dynamicRouter",
            "wireTap",
            "spel",
            "enableCors",
            "enableCORS",
            "corsHeaders");

    /** What Spring's, Jackson's and the packers' holes need, or would open like ones; a page's text is escaped by HtmlUtils. */
    private static final Pattern UNUSED =
            Pattern.compile("org\\.springframework\\.(web\\.(?!util\\.HtmlUtils;)|(expression|security|validation)\\.)"
                    + "|JsonTypeInfo|activateDefaultTyping|ObjectInputStream|javax\\.xml\\.|net\\.jpountz\\.");

    @Test
    void the_page_names_every_part_of_the_jar_with_its_version() throws IOException {
        Map<String, String> named = named();
        Map<String, String> differs = new TreeMap<>();
        Set<String> used = new TreeSet<>();
        for (JsonNode part : parts()) {
            String group = part.get("group").asText();
            String name = group + ":" + part.get("name").asText();
            String row = named.containsKey(name) ? name : group + ":*";
            used.add(row);
            if (!part.get("version").asText().equals(named.get(row))) {
                differs.put(name, "jar " + part.get("version").asText() + ", page " + named.get(row));
            }
        }
        assertThat(differs)
                .as("look the holes of these up, then change %s", PAGE)
                .isEmpty();
        assertThat(named.keySet()).as("the page names what the jar has not").isEqualTo(used);
    }

    @Test
    void the_list_of_parts_is_the_same_from_the_same_sources_and_holds_no_place_of_this_machine() throws IOException {
        JsonNode list = list();
        assertThat(list.has("serialNumber")).isFalse();
        assertThat(list.at("/metadata/timestamp").isMissingNode()).isTrue();
        assertThat(Files.readString(PARTS)).doesNotContain("file:", System.getProperty("user.home"));
    }

    /** It is not among the pages that the hub serves at /api/docs/reference/. */
    @Test
    void which_versions_run_is_told_to_no_stranger() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<exclude>known-holes.md</exclude>");
    }

    @Test
    void routes_use_no_component_and_nothing_else_whose_holes_the_page_calls_harmless() {
        for (RouteFile file : RouteFile.all()) {
            file.walk((field, value) -> {
                if (field.equals("uri")) {
                    assertThat(value.asText()).as(file.name()).matches(COMPONENTS);
                }
                if (field.equals("expression") && value.isObject()) {
                    value.fieldNames()
                            .forEachRemaining(language ->
                                    assertThat(LANGUAGES).as(file.name()).contains(language));
                }
                assertThat(ELSEWHERE).as(file.name()).doesNotContain(field);
                if (field.equals("path")) {
                    assertThat(value.asText()).as(file.name()).doesNotStartWith("proxy");
                    assertThat(value.asText()).as(file.name()).doesNotStartWith("/proxy");
                }
            });
        }
    }

    @Test
    void no_class_uses_what_the_page_calls_unused() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : files) {
                Matcher used = UNUSED.matcher(Files.readString(file));
                assertThat(used.find()).as("%s uses %s", file, used).isFalse();
            }
        }
    }

    private static Map<String, String> named() throws IOException {
        Map<String, String> named = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                named.put(name.group(1), row.group(2));
            }
        }
        return named;
    }

    private static JsonNode parts() throws IOException {
        return list().get("components");
    }

    private static JsonNode list() throws IOException {
        assertThat(PARTS).as("mvn generate-resources makes it").exists();
        return new ObjectMapper().readTree(PARTS.toFile());
    }
}
