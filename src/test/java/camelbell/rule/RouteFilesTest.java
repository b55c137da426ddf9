package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.CamelbellApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** R7 and R8: the route files are what Camel understands, and what they name exists. */
class RouteFilesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(CamelbellApplication.class);
    private static final int MOST_LINES = 80;
    private static final Pattern COMPARISON = Pattern.compile(" (==|!=|<|>|<=|>=|&&|\\|\\|) ");
    private static final Pattern TESTS = Pattern.compile("Test: ([A-Za-z]+(?:, [A-Za-z]+)*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([a-z0-9.-]+)(:[^}]*)?}}");

    @Test
    void R7_every_route_file_is_valid_against_the_schema_of_the_camel_that_runs_it() throws IOException {
        JsonSchema schema;
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(new JsonMapper().readTree(in));
        }
        for (RouteFile file : RouteFile.withExamples()) {
            assertThat(schema.validate(file.content()))
                    .as(file.toString())
                    .allMatch(wrong -> isPlaceholder(wrong.getInstanceNode()));
        }
    }

    /** The schema wants a number or a truth value where Camel also takes a key of the configuration. */
    private static boolean isPlaceholder(JsonNode value) {
        return value != null && PLACEHOLDER.matcher(value.asText()).matches();
    }

    @Test
    void R7_every_endpoint_option_is_known_to_its_component() {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        for (RouteFile file : RouteFile.withExamples()) {
            file.walk((field, value) -> {
                if ((field.equals("from") || field.equals("to"))
                        && value.path("uri").isTextual()) {
                    EndpointValidationResult result = catalog.validateEndpointProperties(uri(value), true);
                    assertThat(result.getUnknown()).as(file + " " + value).isNullOrEmpty();
                }
            });
        }
    }

    /** The uri with its parameters, as the catalogue wants it; placeholders become a harmless word. */
    private static String uri(JsonNode endpoint) {
        String options = endpoint.path("parameters").properties().stream()
                .filter(option -> !PATH_PARTS.contains(option.getKey()))
                .map(option ->
                        option.getKey() + "=" + option.getValue().asText().replaceAll("[{}#&?]", "x"))
                .collect(Collectors.joining("&"));
        String uri = endpoint.get("uri")
                .asText()
                .replaceAll("^\\{\\{camelbell.bounces.protocol}}.*$", "imaps:example")
                .replaceAll("^\\{\\{.*}}.*$", "https:example");
        return (uri.contains(":") ? uri : uri + ":name") + (options.isEmpty() ? "" : "?" + options);
    }

    private static final Set<String> PATH_PARTS =
            Set.of("name", "topic", "timerName", "entityType", "host", "port", "path");

    @Test
    void R8_every_bean_and_method_that_a_route_names_exists() {
        Map<String, JavaClass> beans = beans();
        for (RouteFile file : RouteFile.withExamples()) {
            file.walk((field, value) -> {
                String bean = value.path("ref").asText();
                if (value.path("ref").isTextual() && value.path("method").isTextual() && !bean.startsWith("{{")) {
                    exists(beans, file, bean, value.get("method").asText().replaceAll("\\(.*", ""));
                }
            });
            file.channels().forEach(channel -> exists(beans, file, channel.getOrDefault("outcome", "none"), "failed"));
        }
    }

    @Test
    void R8_every_property_that_a_route_file_gives_a_bean_has_its_setter() {
        for (RouteFile file : RouteFile.withExamples()) {
            file.content().forEach(item -> item.path("beans").forEach(bean -> {
                JavaClass type = CLASSES.get(bean.path("type").asText());
                bean.path("properties").fieldNames().forEachRemaining(property -> assertThat(methods(type))
                        .as(file + " " + property)
                        .contains("set" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1)));
            }));
        }
    }

    private static void exists(Map<String, JavaClass> beans, RouteFile file, String bean, String method) {
        String made = file.beans().get(bean);
        JavaClass type = made == null ? beans.get(bean) : CLASSES.get(made);
        assertThat(type).as(file + " names bean " + bean).isNotNull();
        assertThat(methods(type)).as(file + ": methods of " + bean).contains(method);
    }

    private static Map<String, JavaClass> beans() {
        Map<String, JavaClass> beans = new HashMap<>();
        for (JavaClass type : CLASSES) {
            type.tryGetAnnotationOfType(Component.class).ifPresent(component -> beans.put(component.value(), type));
            type.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Bean.class))
                    .forEach(method -> beans.put(method.getName(), method.getRawReturnType()));
        }
        return beans;
    }

    private static Set<String> methods(JavaClass type) {
        return type.getAllMethods().stream().map(JavaMethod::getName).collect(Collectors.toSet());
    }

    @Test
    void R8_every_channel_of_the_policy_table_has_its_route() throws IOException {
        Set<String> ids = new HashSet<>();
        RouteFile.all().forEach(file -> {
            file.routes().forEach(route -> ids.add(route.get("id").asText()));
            file.channels().forEach(channel -> ids.add(channel.getOrDefault("routeId", "none")));
        });
        JsonNode policy = new YAMLMapper()
                .readTree(RouteFile.FOLDER.resolve("policy.yaml").toFile());
        policy.get("channels").forEach(channel -> assertThat(ids)
                .contains(channel.get("route").asText()));
    }

    @Test
    void every_placeholder_is_a_key_that_application_yaml_explains() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties known = yaml.getObject();
        assertThat(known).isNotNull();
        for (RouteFile file : RouteFile.all()) {
            Matcher placeholder = PLACEHOLDER.matcher(file.content().toString());
            while (placeholder.find()) {
                if (!file.templateParameters().contains(placeholder.group(1))) {
                    assertThat(known.keySet()).as(file.toString()).contains(placeholder.group(1));
                }
            }
        }
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
