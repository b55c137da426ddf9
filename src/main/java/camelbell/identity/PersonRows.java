package camelbell.identity;

import camelbell.model.Person;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The person table. Its transactions are its callers'. */
@Component
class PersonRows {

    private static final String COLUMNS =
            "SELECT id, username, name, role, active, locale, time_zone, contacts::text AS contacts, groups FROM person ";
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> CONTACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    PersonRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Person> byId(Collection<Long> ids) {
        return jdbc.sql(COLUMNS + "WHERE id = ANY(?)")
                .param(ids.toArray(Long[]::new))
                .query(PersonRows::person)
                .list();
    }

    List<Person> activeByRole(String role) {
        return jdbc.sql(COLUMNS + "WHERE role = ? AND active ORDER BY id")
                .param(role)
                .query(PersonRows::person)
                .list();
    }

    List<Person> activeByGroup(String group) {
        return jdbc.sql(COLUMNS + "WHERE groups @> ARRAY[?::text] AND active ORDER BY id")
                .param(group)
                .query(PersonRows::person)
                .list();
    }

    /** Answers who was there. */
    List<Long> delete(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("DELETE FROM person WHERE id = ANY(?) RETURNING id")
                        .param(ids.toArray(Long[]::new))
                        .query(Long.class)
                        .list();
    }

    /**
     * Answers who is new or has changed. Rows that say the same already are not written, not even locked: a directory that
     * is posted once more costs a look at it.
     */
    List<Long> upsert(Collection<Person> people) {
        if (people.isEmpty()) {
            return List.of();
        }
        List<Person> rows = List.copyOf(people);
        return jdbc.sql(
                        """
                        INSERT INTO person (id, username, name, role, active, locale, time_zone, contacts, groups, changed_at)
                        SELECT u.id, u.username, u.name, u.role, u.active, u.locale, u.time_zone, u.contacts::jsonb,
                            u.groups::text[], now()
                        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[],
                                    ?::text[])
                             AS u (id, username, name, role, active, locale, time_zone, contacts, groups)
                        LEFT JOIN person p ON p.id = u.id
                        WHERE p.id IS NULL
                            OR (p.username, p.name, p.role, p.active, p.locale, p.time_zone, p.contacts, p.groups) IS DISTINCT FROM
                               (u.username, u.name, u.role, u.active, u.locale, u.time_zone, u.contacts::jsonb, u.groups::text[])
                        ORDER BY u.id
                        ON CONFLICT (id) DO UPDATE SET
                            username = excluded.username, name = excluded.name, role = excluded.role,
                            active = excluded.active, locale = excluded.locale, time_zone = excluded.time_zone,
                            contacts = excluded.contacts, groups = excluded.groups, changed_at = excluded.changed_at
                        RETURNING id
                        """)
                .param(rows.stream().map(Person::id).toArray(Long[]::new))
                .param(rows.stream().map(Person::username).toArray(String[]::new))
                .param(rows.stream().map(Person::name).toArray(String[]::new))
                .param(rows.stream().map(Person::role).toArray(String[]::new))
                .param(rows.stream().map(Person::active).toArray(Boolean[]::new))
                .param(rows.stream().map(Person::locale).toArray(String[]::new))
                .param(rows.stream().map(Person::timeZone).toArray(String[]::new))
                .param(rows.stream().map(PersonRows::contacts).toArray(String[]::new))
                .param(rows.stream().map(PersonRows::groups).toArray(String[]::new))
                .query(Long.class)
                .list();
    }

    private static Person person(ResultSet row, int number) throws SQLException {
        return new Person(
                row.getLong("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("role"),
                row.getBoolean("active"),
                row.getString("locale"),
                row.getString("time_zone"),
                contacts(row),
                groups(row.getArray("groups")));
    }

    private static Map<String, String> contacts(ResultSet row) throws SQLException {
        try {
            return JSON.readValue(row.getString("contacts"), CONTACTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("person " + row.getLong("id") + ": contacts is not an object of strings", e);
        }
    }

    private static List<String> groups(@Nullable Array groups) throws SQLException {
        return groups == null ? List.of() : List.of((String[]) groups.getArray());
    }

    /** As an array literal within an array of texts, for arrays of arrays must all be of one length; null for none. */
    private static @Nullable String groups(Person person) {
        return person.groups().isEmpty()
                ? null
                : person.groups().stream()
                        .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String contacts(Person person) {
        try {
            return JSON.writeValueAsString(person.contacts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("person " + person.id() + ": contacts cannot be written", e);
        }
    }
}
