package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import camelbell.model.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PersonRowsTest {

    private final PersonRows rows = new PersonRows(JdbcClient.create(Stack.migratedDatabase()));

    @Test
    void whatever_an_upstream_calls_a_field_the_person_can_be_stored() {
        String user =
                "{\"id\": 5, \"username\": \"u\", \"name\": \"n\", \"role\": \"CLIENT\", \"email\": \"u@example.org\","
                        + " \"pa\\u0000ger\": \"1\", \"\": \"nameless\"}";

        rows.upsert(
                List.of(UserRecord.read(user.getBytes(StandardCharsets.UTF_8)).person()));

        assertThat(rows.byId(List.of(5L)))
                .extracting(Person::contacts)
                .singleElement()
                .satisfies(contacts -> assertThat(contacts)
                        .containsEntry("email", "u@example.org")
                        .containsEntry("pager", "1"));
    }

    @Test
    void who_is_posted_again_unchanged_is_not_written_again() {
        Person ada = user(
                "{\"id\": 6, \"username\": \"ada\", \"name\": \"Ada\", \"role\": \"ADMIN\", \"email\": \"a@example.org\"}");
        Person bob = user("{\"id\": 7, \"username\": \"bob\", \"name\": \"Bob\", \"role\": \"CLIENT\"}");
        Person bobby = user("{\"id\": 7, \"username\": \"bob\", \"name\": \"Bobby\", \"role\": \"CLIENT\"}");

        assertThat(rows.upsert(List.of(ada, bob))).containsExactlyInAnyOrder(6L, 7L);
        assertThat(rows.upsert(List.of(ada, bob))).isEmpty();
        assertThat(rows.upsert(List.of(ada, bobby))).containsExactly(7L);
        assertThat(rows.byId(List.of(7L))).containsExactly(bobby);
        assertThat(rows.delete(List.of(6L, 8L))).containsExactly(6L);
    }

    private static Person user(String json) {
        return UserRecord.read(json.getBytes(StandardCharsets.UTF_8)).person();
    }
}
