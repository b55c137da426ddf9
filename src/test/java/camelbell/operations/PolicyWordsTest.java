package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

/** What commands know of the policy table. */
class PolicyWordsTest {

    private final PolicyWords words = new PolicyWords(
            new YAMLMapper()
                    .readTree(
                            """
                    events:
                      row: { tell: [admins, group: on-call], over: [EMAIL] }
                      sometimes: { tell: [admins], over: [EMAIL], when: "${ticket.id} > 1" }
                      rules:
                        over: [EMAIL]
                        rules:
                          - tell: [admins]
                          - tell: [creator, person: 42]
                            when: ${ticket.id} > 1
                        otherwise:
                          tell: [actor, creator]
                    """));

    PolicyWordsTest() throws JsonProcessingException {}

    @Test
    void whom_a_type_may_tell_is_named_as_in_the_table() {
        assertThat(words.tells("row")).containsExactly("admins", "group: on-call");
        assertThat(words.tells("rules")).containsExactly("admins", "creator", "person: 42", "actor");
        assertThat(words.tells("unknown")).isEmpty();
    }

    @Test
    void channels_are_known_where_everybody_is_told_alike() {
        assertThat(words.tellsAlike("row")).isTrue();
        assertThat(words.over("row")).containsExactly("EMAIL");
        assertThat(words.tellsAlike("rules")).isFalse();
        assertThat(words.over("rules")).isEmpty();
    }

    @Test
    void conditions_are_known_to_be_there() {
        assertThat(words.isConditional("row")).isFalse();
        assertThat(words.isConditional("sometimes")).isTrue();
        assertThat(words.isConditional("rules")).isTrue();
    }
}
