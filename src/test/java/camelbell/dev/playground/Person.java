package camelbell.dev.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Somebody whom the page shows: one of the sample users. */
record Person(long id, String name, String role, String whatsapp) {

    private static final List<String> SHOWN = List.of("ADMIN", "CLIENT", "DEVELOPER");

    /** The first admin, client and developer, in this order. */
    static List<Person> shown(List<JsonNode> users) {
        return SHOWN.stream()
                .map(role -> users.stream()
                        .filter(user -> user.path("role").asText().equals(role))
                        .findFirst())
                .flatMap(Optional::stream)
                .map(Person::of)
                .toList();
    }

    static Person of(JsonNode user) {
        return new Person(
                user.path("id").asLong(),
                user.path("name").asText(),
                user.path("role").asText(),
                user.path("whatsapp_number").asText());
    }
}
