package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.Person;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserRecordTest {

    private static final String LONG = "x".repeat(1001);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"email\":5'; /email",
                "'\"email\":[\"a@example.org\"]'; /email",
                "'\"whatsapp_number\":15550000001'; /whatsapp_number",
                "'\"locale\":{}'; /locale",
                "'\"time_zone\":true'; /time_zone",
                "'\"groups\":\"on-call\"'; /groups",
                "'\"groups\":[1]'; /groups",
                "'\"groups\":[[\"a\"]]'; /groups",
                "'\"groups\":{\"a\":\"b\"}'; /groups"
            })
    void an_optional_field_that_is_ill_typed_is_left_out_and_the_user_taken(String field, String pointer) {
        UserRecord.Read read = read("," + field);
        assertThat(read.leftOut()).containsExactly(pointer);
        assertThat(read.person()).isEqualTo(read("").person());
    }

    @ParameterizedTest
    @CsvSource({"\"no\"", "0", "1", "[]", "\"true\""})
    void whose_activity_is_ill_typed_is_inactive(String active) {
        UserRecord.Read read = read(",\"active\":" + active);
        assertThat(read.person().active()).isFalse();
        assertThat(read.leftOut()).containsExactly("/active");
    }

    @Test
    void what_is_absent_null_or_well_typed_is_left_out_of_nothing() {
        UserRecord.Read read = read(",\"active\":null,\"email\":null,\"locale\":\"\",\"groups\":[\"on-call\",\"b\"],"
                + "\"shoe_size\":43,\"whatsapp_number\":\" +15550000001 \"");
        assertThat(read.leftOut()).isEmpty();
        assertThat(read.person().active()).isTrue();
        assertThat(read.person().contacts()).containsOnlyKeys("whatsapp_number").containsValue("+15550000001");
    }

    @Test
    void the_groups_of_a_user_are_kept_sorted_each_once_and_no_blank_one() {
        assertThat(read(",\"groups\":[\"support\",\" on-call \",\"\",\"support\"]")
                        .person()
                        .groups())
                .containsExactly("on-call", "support");
        assertThat(read(",\"groups\":null").person().groups()).isEmpty();
        assertThat(read("").person().groups()).isEmpty();
    }

    @Test
    void groups_with_a_name_that_is_too_long_or_too_many_are_left_out_all_together() {
        UserRecord.Read longest = read(",\"groups\":[\"b\",\"" + "x".repeat(200) + "\"]");
        assertThat(longest.leftOut()).isEmpty();
        assertThat(longest.person().groups()).hasSize(2);
        String many =
                IntStream.rangeClosed(0, 100).mapToObj(n -> "\"g" + n + "\"").collect(Collectors.joining(","));
        for (String groups : new String[] {"\"b\",\"" + "x".repeat(201) + "\"", many}) {
            UserRecord.Read read = read(",\"groups\":[" + groups + "]");
            assertThat(read.leftOut()).containsExactly("/groups");
            assertThat(read.person().groups()).isEmpty();
        }
    }

    @Test
    void an_optional_text_that_is_too_long_is_left_out() {
        assertThat(read(",\"email\":\"" + LONG + "\",\"pager\":\"" + LONG + "\",\"" + LONG + "\":\"1\"")
                        .leftOut())
                .containsExactly("/email", "/*");
    }

    @Test
    void a_user_with_very_many_fields_keeps_the_known_ones_and_fifty_further() {
        String many = IntStream.range(0, 4_000)
                .mapToObj(n -> ",\"field" + n + "\":\"" + "x".repeat(40) + "\"")
                .collect(Collectors.joining());
        UserRecord.Read read = read(many + ",\"email\":\"a@example.org\"");
        assertThat(read.person().contacts()).hasSize(51).containsKeys("email", "field0");
        assertThat(read.leftOut()).containsExactly("/*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"role\":\"ADMIN\"",
                ",\"role\":\"CLIENT\"",
                ",\"\\u0072ole\":\"ADMIN\"",
                ",\"active\":false,\"active\":true",
                ",\"id\":1",
                ",\"email\":\"a@example.org\",\"email\":\"b@example.org\"",
                ",\"groups\":[{\"a\":1,\"a\":2}]"
            })
    void a_key_that_is_there_twice_makes_the_record_unusable(String more) {
        assertThatThrownBy(() -> read(more)).isInstanceOf(MalformedUserException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "72001, 72001",
                "` 72001 `, 72001",
                "`\"72001\"`, 72001",
                "`{\"id\":72001}`, 72001",
                "`{\"id\": \"72001\"}`, 72001",
                "0072001, 72001",
                "9223372036854775807, 9223372036854775807",
                "9223372036854775808,",
                "`\"72001`,",
                "-72001,",
                "+72001,",
                "72001.5,",
                "\uff17\uff12,",
                "0,",
                "u-72001,",
                "`{\"id\":1,\"id\":2}`,",
                "`{\"id\":`,",
                "{},",
                "``,"
            })
    void a_key_names_a_person_by_digits_by_a_json_text_or_by_an_object_with_the_id(String key, @Nullable Long id) {
        assertThat(UserKey.of(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"id\":5'; '\"id\":\"5\"'; /id",
                "'\"u\"'; 7; /username",
                "'\"u\"'; '\" \"'; /username",
                "'\"n\"'; '[]'; /name",
                "'\"n\"'; 'null'; /name",
                "'\"CLIENT\"'; '\"BOSS\"'; /role",
                "'\"CLIENT\"'; '1'; /role"
            })
    void a_required_field_that_is_ill_typed_makes_the_record_unusable(String from, String to, String pointer) {
        assertThatThrownBy(() -> UserRecord.read(json("").replace(from, to).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(MalformedUserException.class, e -> assertThat(e.pointer())
                        .isEqualTo(pointer));
    }

    @Test
    void a_name_may_be_empty() {
        Person person = UserRecord.read(json("").replace("\"n\"", "\"\"").getBytes(StandardCharsets.UTF_8))
                .person();
        assertThat(person.displayName()).isEqualTo("u");
    }

    private static UserRecord.Read read(String more) {
        return UserRecord.read(json(more).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(String more) {
        return "{\"id\":5,\"username\":\"u\",\"name\":\"n\",\"role\":\"CLIENT\"" + more + "}";
    }
}
