package camelbell.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.Policy.FurtherFields;
import camelbell.model.PolicyCondition;
import camelbell.model.PolicyCondition.Comparison;
import camelbell.model.PolicyCondition.Field;
import camelbell.model.PolicyCondition.Literal;
import camelbell.model.PolicyCondition.Subject;
import camelbell.runtime.TestOperators;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionParserTest {

    private static final ConditionFields FIELDS =
            new ConditionFields(new FurtherFields(List.of("severity"), List.of("department")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${ticket.priority} == 'HIGH'",
                "${person.id} != ${event.actor}",
                "  ${ticket.project_name}  ==  \"Main Website\"  ",
                "'HIGH' == ${ticket.priority}",
                "${ticket.severity} > 3",
                "${ticket.severity} <= -2.5",
                "${ticket.severity} == null",
                "${ticket.severity} == true",
                "${ticket.severity} range '1..3'",
                "${ticket.priority} in 'HIGH,CRITICAL'",
                "${ticket.title} !contains \"it's\" || ${ticket.title} ~~ 'x'",
                "${person.groups} contains 'on-call'",
                "${event.assignees} contains ${person.id}",
                "${person.department} =~ 'it'",
                "${ticket.title} startsWith 'a && b || c'",
                "${ticket.title} == '$100 {net} #1'",
                "${ticket.title} == ''"
            })
    void comparisons_of_fields_and_literals_are_conditions(String text) {
        assertThat(parse(text).text()).isEqualTo(text);
    }

    /** Everything else that Simple 4.17 would take, and what looks like it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${bean:userService.isAdmin}",
                "${bean:userService?method=x} == 1",
                "${ref:x} == 1",
                "${sysenv.PATH} == 'x'",
                "${sysenv:PATH} == 'x'",
                "${env:PATH} == 'x'",
                "${sys.user.home} == 'x'",
                "${properties:camelbell.jwt.secrets} == 'x'",
                "{{camelbell.jwt.secrets}} == ${ticket.title}",
                "${ticket.title} == {{camelbell.jwt.secrets}}",
                "${header.x} == 1",
                "${headers[x]} == 1",
                "${headers} == null",
                "${in.header.x} == 1",
                "${body} == 1",
                "${body.ticket} == 1",
                "${bodyAs(java.lang.String)} == 1",
                "${mandatoryBodyAs(byte[])} == 1",
                "${exchangeProperty.portion} != null",
                "${exchange.context} != null",
                "${camelContext.stop} == null",
                "${camelId} == 1",
                "${variable.left} == 1",
                "${variable.route:x:y} == 1",
                "${exception.message} == 1",
                "${type:java.lang.Runtime} == 1",
                "${date:now} > 1",
                "${random(10)} > 3",
                "${uuid} == 1",
                "${messageHistory} == 1",
                "${routeId} == 1",
                "${jq(.x)} == 1",
                "${jsonpath($.x)} == 1",
                "${xpath(/a)} == 1",
                "${iif(${ticket.id} > 1,a,b)} == 1",
                "${ticket.getClass} == 1",
                "${ticket.getClass()} == 1",
                "${ticket.class} == 1",
                "${ticket.class.name} == 1",
                "${ticket.title.length} == 1",
                "${ticket.title.bytes} == 1",
                "${ticket.title.toString()} == 1",
                "${ticket.priority()} == 1",
                "${ticket?.priority} == 'HIGH'",
                "${ticket[priority]} == 1",
                "${ticket['priority']} == 1",
                "${ticket.further[severity]} == 1",
                "${ticket.further} == 1",
                "${person.groups[0]} == 1",
                "${person.contacts} == null",
                "${person.contacts.email} == null",
                "${event.ticket} != null",
                "${event.assignees[last]} == 1",
                "${event.assignees.size} == 1",
                "${event} == null",
                "${ticket} == null",
                "${person} == null",
                "${} == 1",
                "${ticket.} == 1",
                "${.priority} == 1",
                "${ticket.priority == 'HIGH'",
                "${ticket.${event.type}} == 1",
                "${${ticket.title}} == 1",
                "${ ticket.priority } == 'HIGH'",
                "${ticket.priority:x} == 1",
                "${ticket.priority|x} == 1",
                "$simple{ticket.priority} == 'HIGH'",
                "${ticket.title} == '${bean:x}'",
                "${ticket.title} == \"${sysenv.PATH}\"",
                "${ticket.title} == '$simple{bean:x}'",
                "${ticket.title} == 'it\\'s'",
                "${ticket.title} == 'it''s'",
                "${ticket.title} == 'a\u0000b'",
                "${ticket.title} == 'a\nb'",
                "${ticket.title} == 'a\\nb'",
                "${ticket.title} == 'a\\u0027b'",
                "\\${ticket.priority} == 'HIGH'",
                "$\\{ticket.priority} == 'HIGH'",
                "$init{ x := 1 }init$ ${ticket.id} == 1",
                "$init{ $x := ${bean:x}; }init$ $x == 1",
                "$x == 1",
                "${ticket.id} == 1 ? 'a' : 'b'",
                "${ticket.severity} ?: 'x'",
                "${ticket.id} > 1 ? true : false",
                "${ticket.id}++",
                "${ticket.id}-- == 1",
                "${ticket.id} ~> ${bean:x}",
                "${ticket.title} ~> ${uppercase()}",
                "!${ticket.title} == 'x'",
                "(${ticket.id} == 1)",
                "${ticket.title} is 'java.lang.String'",
                "${ticket.title} !is 'String'",
                "${ticket.title} regex '(a+)+$'",
                "${ticket.title} !regex 'x'",
                "${ticket.title} not contains 'x'",
                "${ticket.title} is not null",
                "${ticket.title} == resource:classpath:x",
                "resource:classpath:application.yaml",
                "resource:file:/etc/passwd",
                "${ticket.title} == #bean",
                "${ticket.title} == x",
                "${ticket.id} == 0x10",
                "${ticket.id} == 1e5",
                "${ticket.id} == 1L",
                "${ticket.id} == 99999999999999999999",
                "${ticket.id} == 1;2",
                "${ticket.title} == TRUE",
                "${ticket.title}",
                "true",
                "1 == 1",
                "'a' == 'a'",
                "${ticket.title} ==",
                "== 'x'",
                "${ticket.title} == 'x' 'y'",
                "${ticket.title} == 'x",
                "${ticket.title} == \"x'",
                "${ticket.title}=='x'",
                "${ticket.title} =='x'",
                "${ticket.title} = 'x'",
                "${ticket.title} === 'x'",
                "${ticket.title} == 'x' &&",
                "&& ${ticket.title} == 'x'",
                "${ticket.title} == 'x' & ${ticket.id} == 1",
                "${ticket.title} == 'x' && && ${ticket.id} == 1",
                "${ticket.title} == 'x' &&${ticket.id} == 1",
                "${ticket.title} == 'x' and ${ticket.id} == 1",
                "${ticket.title} == 'x' AND ${ticket.id} == 1",
                "${ticket.title} == 'x' && ${ticket.id} == 1 || ${ticket.id} == 2",
                "${ticket.id} range 1",
                "${ticket.id} range '1-3'",
                "${ticket.id} range ${ticket.title}",
                "${ticket.priorität} == 1",
                "${tickеt.priority} == 'HIGH'",
                "${ticket.region} == 'EU'",
                "${person.severity} == 1",
                "${person.password} == 'x'",
                "${person.active} == true",
                " ",
                "\u0000",
                "${ticket.title} == 'x' # comment",
                "${ticket.title} == 'x' // comment"
            })
    void nothing_else_passes(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConditionRefused.class)
                .hasMessageStartingWith("at character ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ${ticket.priorty} == 'HIGH'              | at character 1 of the condition: no field priorty of ticket; did you mean priority?
            ${ticket.id} == 1 && ${person.ids} == 2  | at character 22 of the condition: no field ids of person; did you mean id?
            ${ticket.title} contain 'x'              | at character 17 of the condition: no operator contain; did you mean contains?
            ${ticket.title} = 'x'                    | at character 17 of the condition: no operator =; did you mean ==?
            ${ticket.title} =='x'                    | at character 17 of the condition: no operator =='x'; a space is due behind ==
            ${ticket.title} regex 'x'                | at character 17 of the condition: no operator regex: a title may be made
            ${ticket.title} == 'x' or ${event.id} == 1 | at character 24 of the condition: && or || is due here
            ${ticket.title} == HIGH                  | at character 20 of the condition: a field such as ${ticket.priority}, a text in quotes
            ${bean:x} == 1                           | at character 1 of the condition: only ${event.…}, ${ticket.…} and ${person.…}
            ${ticket.title} == '${person.name}'      | at character 20 of the condition: a text holds no field
            ${ticket.title} == 'a\\nb'                | at character 20 of the condition: no escapes in texts
            """)
    void what_is_wrong_is_said_with_its_place_and_what_was_meant(String text, String complaint) {
        assertThatThrownBy(() -> parse(text)).hasMessageContaining(complaint);
    }

    @Test
    void comparisons_are_read_with_their_sides_and_how_they_are_joined() {
        PolicyCondition all = parse("${ticket.priority} in 'HIGH, CRITICAL' && ${person.id} != ${event.actor}");
        assertThat(all.all()).isTrue();
        assertThat(all.comparisons())
                .containsExactly(
                        new Comparison(
                                new Field(Subject.TICKET, "priority"), "in", new Literal(List.of("HIGH", "CRITICAL"))),
                        new Comparison(new Field(Subject.PERSON, "id"), "!=", new Field(Subject.EVENT, "actor")));
        assertThat(all.comparisons()).extracting(Comparison::namesPerson).containsExactly(false, true);
        PolicyCondition any = parse("${ticket.id} == 5 || ${ticket.severity} == 2.5 || ${ticket.severity} == null");
        assertThat(any.all()).isFalse();
        assertThat(any.comparisons())
                .extracting(Comparison::right)
                .containsExactly(new Literal(5L), new Literal(2.5), new Literal(null));
    }

    @Test
    void a_condition_is_bounded() {
        assertThatThrownBy(() -> parse("${ticket.title} == '" + "x".repeat(2000) + "'"))
                .isInstanceOf(ConditionRefused.class)
                .hasMessageContaining("2000 characters");
    }

    private static PolicyCondition parse(String text) {
        return ConditionParser.parse(text, FIELDS, TestOperators.simple());
    }
}
