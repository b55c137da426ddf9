package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docker-compose.yml and the Dockerfile speak of things that exist, as far as that shows without a container engine. */
class ComposeFileTest {

    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final Path DOCKERFILE = Path.of("src/deploy/Dockerfile");
    private static final Pattern PUBLISHED = Pattern.compile("127\\.0\\.0\\.1:([0-9]+):([0-9]+)");
    private static final Pattern FIXED_IMAGE = Pattern.compile("[a-z0-9./-]+:v?[0-9]+\\.[0-9][\\w.-]*");

    /** What each public image listens on by its own documentation. */
    private static final Map<String, Set<Integer>> LISTENS =
            Map.of("postgres", Set.of(5432), "mail", Set.of(1025, 8025));

    /** The ports of the embedded stack, by which README.md and the how-tos speak of the servers. */
    private static final String[] DOCUMENTED = {"8000", "9000", "3080", "3025", "8090", "9092", "15432"};

    /** Services that do one thing and end. */
    private static final Set<String> ONCE = Set.of("secret", "welcome");

    private final JsonNode compose = yaml(COMPOSE);
    private final Map<String, JsonNode> services = fields(compose.path("services"));

    @Test
    void every_variable_of_the_hub_sets_a_property_that_exists() throws IOException {
        Set<String> known = variables();

        assertThat(environment("hub").keySet()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void the_hub_is_told_of_every_service_it_needs_by_a_name_and_port_that_are_there() {
        Map<String, String> hub = environment("hub");

        for (String variable :
                List.of("CAMELBELL_KAFKA_BROKERS", "SPRING_DATASOURCE_URL", "CAMELBELL_WHATSAPP_BASE_URL")) {
            Matcher address = Pattern.compile("([a-z]+):([0-9]+)").matcher(hub.getOrDefault(variable, ""));
            assertThat(address.find()).as(variable).isTrue();
            assertThat(listens(address.group(1))).as(variable).contains(Integer.valueOf(address.group(2)));
        }
        assertThat(listens(hub.getOrDefault("CAMELBELL_MAIL_HOST", "")))
                .contains(Integer.valueOf(hub.getOrDefault("CAMELBELL_MAIL_PORT", "0")));
    }

    @Test
    void every_published_port_is_on_loopback_used_once_and_listened_on() {
        Set<String> taken = new HashSet<>();
        services.forEach((name, service) -> service.path("ports").forEach(port -> {
            Matcher published = PUBLISHED.matcher(port.asText());
            assertThat(published.matches()).as(name + " " + port).isTrue();
            assertThat(taken.add(published.group(1))).as(name + " " + port).isTrue();
            assertThat(listens(name)).contains(Integer.valueOf(published.group(2)));
        }));
        assertThat(taken).contains(DOCUMENTED);
    }

    @Test
    void every_service_tells_its_health_and_whoever_needs_it_waits_for_that() {
        services.forEach((name, service) -> {
            assertThat(service.path("healthcheck").path("test").asText().isBlank())
                    .as(name)
                    .isEqualTo(ONCE.contains(name));
            fields(service.path("depends_on")).forEach((needed, how) -> {
                assertThat(services).containsKey(needed);
                assertThat(how.path("condition").asText())
                        .isEqualTo(ONCE.contains(needed) ? "service_completed_successfully" : "service_healthy");
            });
        });
        assertThat(fields(services.getOrDefault("hub", compose).path("depends_on"))
                        .keySet())
                .containsExactlyInAnyOrder("secret", "kafka", "postgres", "mail", "whatsapp");
    }

    /** Without one the hub's heap may grow to three quarters of the whole machine. */
    @Test
    void every_service_has_a_limit_of_memory_with_room_for_more_than_its_heap() throws IOException {
        services.forEach((name, service) -> assertThat(
                        megabytes(service.path("mem_limit").asText()))
                .as(name)
                .isBetween(64, 2048));
        assertThat(megabytes(
                        environment("kafka").getOrDefault("KAFKA_HEAP_OPTS", "").replaceFirst(".*-Xmx", "")))
                .isLessThanOrEqualTo(megabytes(limit("kafka")) * 2 / 3);
        Matcher heap = Pattern.compile("\"-Xmx([0-9]+m)\"").matcher(Files.readString(DOCKERFILE));
        assertThat(heap.find()).isTrue();
        assertThat(megabytes(heap.group(1))).isLessThanOrEqualTo(megabytes(limit("whatsapp")) * 2 / 3);
        // the hub beside its heap: classes, code, threads, network buffers
        assertThat(megabytes(limit("hub")) / 4).isGreaterThanOrEqualTo(384);
    }

    @Test
    void every_folder_that_is_mounted_is_there_and_every_volume_is_declared() {
        Set<String> volumes = fields(compose.path("volumes")).keySet();
        services.forEach((name, service) -> service.path("volumes").forEach(mount -> {
            String from = mount.asText().split(":", 2)[0];
            if (from.startsWith("./")) {
                assertThat(Path.of(from)).as(name).exists();
            } else {
                assertThat(volumes).as(name).contains(from);
            }
        }));
    }

    private String limit(String service) {
        return services.getOrDefault(service, compose).path("mem_limit").asText();
    }

    private static int megabytes(String size) {
        Matcher given = Pattern.compile("([0-9]+)([mg])").matcher(size);
        assertThat(given.matches()).as(size).isTrue();
        return Integer.parseInt(given.group(1)) * (given.group(2).equals("g") ? 1024 : 1);
    }

    @Test
    void every_image_is_of_a_fixed_version_or_built_here() throws IOException {
        String dockerfile = Files.readString(Path.of("src/deploy/Dockerfile"));
        services.forEach((name, service) -> {
            if (service.has("image")) {
                assertThat(service.path("image").asText()).matches(FIXED_IMAGE);
            } else {
                assertThat(Path.of(service.path("build").path("dockerfile").asText()))
                        .exists();
                assertThat(dockerfile)
                        .contains(" AS " + service.path("build").path("target").asText() + "\n");
            }
        });
        Matcher bases =
                Pattern.compile("(?m)^FROM ([^ \n]+)(?: AS ([\\w-]+))?$").matcher(dockerfile);
        Set<String> stages = new HashSet<>();
        while (bases.find()) {
            assertThat(stages.contains(bases.group(1))
                            || FIXED_IMAGE.matcher(bases.group(1)).matches())
                    .as(bases.group(1))
                    .isTrue();
            stages.add(bases.group(2));
        }
        assertThat(stages).contains("hub", "whatsapp-double");
    }

    @Test
    void the_image_copies_what_is_there_and_does_not_run_as_root() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/deploy/Dockerfile"));

        lines.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.replaceFirst("^COPY (\\S+) .*$", "$1"))
                .forEach(path -> assertThat(Path.of(path)).exists());
        assertThat(lines.stream().filter("USER 10001"::equals)).hasSize(2);
        assertThat(lines.stream().filter(line -> line.startsWith("HEALTHCHECK")))
                .hasSize(2);
    }

    @Test
    void docker_compose_reads_the_file() throws Exception {
        assumeTrue(run("docker", "compose", "version") == 0, "docker compose is not installed");

        assertThat(run("docker", "compose", "--file", COMPOSE.toString(), "config", "--quiet"))
                .isZero();
    }

    private static int run(String... command) throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        try {
            Process process = builder.start();
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private Set<Integer> listens(String service) {
        Map<String, String> environment = environment(service);
        Set<Integer> ports = new HashSet<>(LISTENS.getOrDefault(service, Set.of()));
        Matcher named = Pattern.compile("://:([0-9]+)|--port=([0-9]+)")
                .matcher(environment.getOrDefault("KAFKA_LISTENERS", "")
                        + services.getOrDefault(service, compose)
                                .path("command")
                                .asText());
        while (named.find()) {
            ports.add(Integer.valueOf(named.group(1) == null ? named.group(2) : named.group(1)));
        }
        if ("hub".equals(service)) {
            ports.add(applicationYaml().at("/camelbell/http/port").asInt());
            ports.add(applicationYaml().at("/management/server/port").asInt());
        }
        return ports;
    }

    private Map<String, String> environment(String service) {
        Map<String, String> values = new TreeMap<>();
        fields(services.getOrDefault(service, compose).path("environment"))
                .forEach((name, value) -> values.put(name, value.asText()));
        return values;
    }

    /** Every property of the hub and of its libraries, as environment variables in both spellings. */
    private static Set<String> variables() throws IOException {
        List<String> names = new ArrayList<>();
        flatten("", applicationYaml(), names);
        for (URL metadata : Collections.list(
                ComposeFileTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = metadata.openStream()) {
                new ObjectMapper()
                        .readTree(json)
                        .path("properties")
                        .forEach(property -> names.add(property.path("name").asText()));
            }
        }
        Set<String> variables = new HashSet<>();
        for (String name : names) {
            String capitals = name.toUpperCase(Locale.ROOT).replace('.', '_');
            variables.add(capitals.replace('-', '_'));
            variables.add(capitals.replace("-", ""));
        }
        return variables;
    }

    private static void flatten(String prefix, JsonNode node, List<String> names) {
        if (!node.isObject()) {
            names.add(prefix);
        }
        fields(node).forEach((name, value) -> flatten(prefix.isEmpty() ? name : prefix + "." + name, value, names));
    }

    private static JsonNode applicationYaml() {
        return yaml(Path.of("src/main/resources/application.yaml"));
    }

    private static JsonNode yaml(Path path) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(path.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(path + " is no YAML", e);
        }
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
