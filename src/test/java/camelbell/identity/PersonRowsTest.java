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

    @Test
    void people_are_found_by_a_group_until_they_leave_it_or_the_directory_or_become_inactive() {
        String strange = "on \\\"call\\\\, {Öl}";
        rows.upsert(List.of(inGroups(23, true, strange, "b"), inGroups(21, true, strange), inGroups(22, true, "b")));
        String group = "on \"call\\, {Öl}";

        assertThat(rows.activeByGroup(group)).extracting(Person::id).containsExactly(21L, 23L);
        assertThat(rows.byId(List.of(23L)))
                .singleElement()
                .extracting(Person::groups)
                .isEqualTo(List.of("b", group));
        assertThat(rows.upsert(List.of(inGroups(21, true), inGroups(23, true, "b", strange))))
                .containsExactly(21L);
        assertThat(rows.activeByGroup(group)).extracting(Person::id).containsExactly(23L);
        rows.delete(List.of(23L));
        rows.upsert(List.of(inGroups(22, false, "b")));
        assertThat(rows.activeByGroup(group)).isEmpty();
        assertThat(rows.activeByGroup("b")).isEmpty();
    }

    @Test
    void a_record_that_is_posted_again_brings_the_groups_that_a_node_of_before_did_not_write() {
        JdbcClient jdbc = JdbcClient.create(Stack.migratedDatabase());
        PersonRows written = new PersonRows(jdbc);
        written.upsert(List.of(inGroups(31, true, "support")));
        jdbc.sql("UPDATE person SET groups = NULL WHERE id = 31").update();
        assertThat(written.byId(List.of(31L)))
                .singleElement()
                .extracting(Person::groups)
                .isEqualTo(List.of());

        assertThat(written.upsert(List.of(inGroups(31, true, "support")))).containsExactly(31L);
        assertThat(written.activeByGroup("support")).extracting(Person::id).containsExactly(31L);
    }

    @Test
    void a_group_of_a_large_directory_is_found_by_an_index() {
        JdbcClient jdbc = JdbcClient.create(Stack.migratedDatabase());
        jdbc.sql("INSERT INTO person (id, username, name, role, active, contacts, groups, changed_at)"
                        + " SELECT n, 'u' || n, '', 'CLIENT', true, '{}', ARRAY['g' || n % 5000, 'all'], now()"
                        + " FROM generate_series(1, 20000) AS n")
                .update();
        jdbc.sql("ANALYZE person").update();

        assertThat(jdbc.sql("EXPLAIN SELECT id FROM person WHERE groups @> ARRAY['g7'::text] AND active")
                        .query(String.class)
                        .list())
                .anyMatch(line -> line.contains("person_by_group"));
    }

    private static Person inGroups(long id, boolean active, String... groups) {
        return user("{\"id\": " + id + ", \"username\": \"u\", \"name\": \"n\", \"role\": \"CLIENT\", \"active\": "
                + active + ", \"groups\": ["
                + String.join(
                        ",",
                        List.of(groups).stream().map(name -> '"' + name + '"').toList())
                + "]}");
    }

    private static Person user(String json) {
        return UserRecord.read(json.getBytes(StandardCharsets.UTF_8)).person();
    }
}
