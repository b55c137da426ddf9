package camelbell.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.Policy;
import camelbell.model.StartRefused;
import camelbell.model.Wording;
import camelbell.runtime.TestOperators;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;

class PolicyFileTest {

    private static final Set<String> ROUTES = RouteIds.in("file:routes");

    private static final String GOOD =
            """
            channels:
              EMAIL:  { display: Email, route: channel-mail, address: email }
              SYSTEM: { display: System Alert, route: channel-websocket, inbox: true }
            events:
              ticket_created:
                tell: [admins]
                over: [EMAIL, SYSTEM]
                subject: New
                message: "New: {title}"
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            tell: [admins]      | tell: [everybody]       | 6 | enumeration
            over: [EMAIL, SYSTEM] | over: [EMAIL, PIGEON] | 7 | no channel PIGEON
            'New: {title}'      | 'New: {titel}'          | 9 | no field {titel}
            address: email | inbox: true    | 3 | one inbox channel
            address: email      | retry: [30s]            | 2 | retry
            route: channel-mail | route: channel-mial     | 2 | no route channel-mial
            subject: New        | subjekt: New            | 8 | subjekt
            tell: [admins]      | 'tell: [admins'         | 6 | not YAML
            """)
    void a_wrong_entry_is_named_with_file_and_line(String right, String wrong, int line, String complaint) {
        String yaml = GOOD.replace("\"New: {title}\"", "'New: {title}'").replace(right, wrong);
        assertThatThrownBy(() -> PolicyFile.read(
                        new ByteArrayResource(yaml.getBytes(UTF_8), "policy.yaml"), ROUTES, TestOperators.simple()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("[policy.yaml]:" + line + ":")
                .hasMessageContaining(complaint);
    }

    private static final String RULES =
            """
            channels:
              EMAIL:  { display: Email, route: channel-mail, address: email }
            fields:
              ticket: [severity]
              person: [department]
            events:
              ticket_created:
                subject: New
                message: "New: {title}"
                rules:
                  - tell: [admins, group: on-call]
                    over: [EMAIL]
                    when: ${ticket.severity} > 3
                otherwise:
                  tell: [person: 42]
                  over: [EMAIL]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ${ticket.severity}  | ${ticket.severty}          | 13 | did you mean severity?
            ${ticket.severity}  | ${bean:x}                  | 13 | no functions, methods
            > 3                 | > 3 and                    | 13 | && or || is due here
            > 3                 | range '3..1'               | 13 | the smaller one first
            ${ticket.severity}  | ${ticket.priority}         | 13 | ${ticket.priority} has no order; see in and contains
            ${ticket.severity} > 3 | 3 < ${person.groups}    | 13 | ${person.groups} has no order; see in and contains
            ${ticket.severity} > 3 | ${person.groups} != 'a' | 13 | a list equals no text; see contains
            when:               | wehn:                      | 13 | did you mean when?
            group: on-call      | grup: on-call              | 11 | did you mean group?
            group: on-call      | role: ADMN                 | 11 | did you mean ADMIN?
            [admins, group: on-call] | [admin]               | 11 | did you mean admins?
            person: 42          | person: carla              | 15 | integer
            person: 42          | person: 0                  | 15 | minimum
            person: 42          | person: 42.0               | 15 | a person is named by a whole number
            person: 42          | person: 4e1                | 15 | a person is named by a whole number
            person: 42          | person: 9223372036854775807.0 | 15 | a person is named by a whole number
            group: on-call      | group: "a\\0b"              | 11 | does not match
            group: on-call      | group: " a"                | 11 | does not match
            message: "New: {title}" | message: "New\\0"       | 9  | does not match
            ticket: [severity]  | ticket: [title]            | 4  | the hub has title of every ticket
            ticket: [severity]  | ticket: [name]             | 4  | the hub has name of every ticket
            person: [department] | person: [email]           | 5  | the hub has email of every person
            {title}             | {severty}                  | 9  | no field {severty}; did you mean severity?
            over: [EMAIL]       | template: x                | 11 | no over, neither here nor beside the rules of ticket_created
            subject: New        | tell: [admins]             | 8  | tell stands beside rules; each rule has its own
            subject: New        | when: ${ticket.id} == 1    | 8  | when stands beside rules; each rule has its own
            tell: [person: 42]  | when: ${ticket.id} == 1    | 15 | when
            subject: New        | subject: Old\\n    subject: New | 9 | Duplicate field 'subject'
            over: [EMAIL]       | over: [EMIAL]              | 12 | no channel EMIAL; did you mean EMAIL?
            """)
    void a_wrong_rule_is_named_with_file_line_and_what_was_meant(
            String right, String wrong, int line, String complaint) {
        assertThat(RULES).contains(right);
        String yaml = RULES.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong.replace("\\n", "\n")));
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("[policy.yaml]:" + line + ":")
                .hasMessageContaining(complaint);
    }

    @Test
    void the_shipped_rows_are_one_rule_each_that_always_counts() {
        Policy shipped = PolicyFile.read(new FileSystemResource("routes/policy.yaml"), ROUTES, TestOperators.simple());

        assertThat(shipped.events()).hasSize(7).allSatisfy((type, event) -> {
            assertThat(event.otherwise()).isNull();
            assertThat(event.rules()).singleElement().satisfies(rule -> {
                assertThat(rule.when()).isNull();
                assertThat(rule.words().template()).isEqualTo(type);
            });
        });
        assertThat(shipped.further()).isEqualTo(Policy.FurtherFields.NONE);
    }

    @Test
    void rules_take_from_beside_them_what_they_do_not_say_and_words_of_their_own_have_no_template() {
        Policy.Event event = Objects.requireNonNull(
                read(RULES.replace("otherwise:\n      tell:", "otherwise:\n      message: Own\n      tell:"))
                        .events()
                        .get("ticket_created"));
        assertThat(event.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.words()).isEqualTo(new Wording("New", "New: {title}", "ticket_created"));
            assertThat(rule.tell()).hasToString("[admins, group: on-call]");
        });
        assertThat(Objects.requireNonNull(event.otherwise()).words()).isEqualTo(new Wording("New", "Own", ""));
    }

    private static Policy read(String yaml) {
        return PolicyFile.read(
                new ByteArrayResource(yaml.getBytes(UTF_8), "policy.yaml"), ROUTES, TestOperators.simple());
    }
}
