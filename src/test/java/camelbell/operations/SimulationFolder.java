package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder with a copy of the routes and a few people, on which {@code simulate} is typed. */
record SimulationFolder(Path folder) {

    static final String USERS =
            """
            {"id":1,"username":"ann","name":"Ann","role":"ADMIN","email":"ann@example.org","whatsapp_number":"+15550000001"}
            {"id":2,"username":"ben","name":"Ben","role":"ADMIN","locale":"de","email":"ben@example.org","groups":["shop"]}
            {"id":3,"username":"carla","name":"Carla","role":"CLIENT","email":"carla@example.org"}
            {"id":4,"username":"dora","name":"Dora","role":"DEVELOPER","active":false}
            """;

    static SimulationFolder in(Path folder) throws IOException {
        SimulationFolder made = new SimulationFolder(folder);
        copy(Path.of("routes"), made.routes());
        made.file("users.ndjson", USERS);
        return made;
    }

    Path routes() {
        return folder.resolve("my routes #1");
    }

    Path users() {
        return folder.resolve("users.ndjson");
    }

    Typed simulate(String type, String title, String... more) throws IOException {
        return simulateEvent(event(type, title, "\"actor\":1"), more);
    }

    Typed simulateEvent(String event, String... more) throws IOException {
        Path file = file("event.json", event);
        return Typed.in(Stream.concat(
                        Stream.of(
                                "simulate",
                                "--event",
                                file.toString(),
                                "--users",
                                users().toString(),
                                "--routes",
                                routes().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    Typed compare(Path events, Path against, String... more) {
        return Typed.in(Stream.concat(
                        Stream.of(
                                "simulate",
                                "--events",
                                events.toString(),
                                "--users",
                                users().toString(),
                                "--routes",
                                routes().toString(),
                                "--against",
                                against.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    static String event(String type, String title, String more) {
        return ("{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"urn:test\",\"type\":\"%s\",\"data\":{\"ticket\":{\"id\":63,"
                        + "\"title\":\"%s\",\"priority\":\"HIGH\",\"category\":\"BUG\",\"status\":\"NEW\",\"created_by\":3,"
                        + "\"created_at\":\"2026-01-01T10:00:00Z\"},%s}}")
                .formatted(type, title, more);
    }

    void policy(String found, String instead) throws IOException {
        Path policy = routes().resolve("policy.yaml");
        String text = Files.readString(policy);
        assertThat(text).contains(found);
        Files.writeString(policy, text.replace(found, instead));
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    static JsonNode json(Typed typed) throws IOException {
        return new JsonMapper().readTree(typed.out());
    }
}
