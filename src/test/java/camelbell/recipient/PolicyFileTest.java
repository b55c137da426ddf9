package camelbell.recipient;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String GOOD =
            """
            channels:
              EMAIL:  { display: Email, route: channel-mail, address: email, retry: [30s] }
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
            address: email, retry: [30s] | inbox: true    | 3 | one inbox channel
            retry: [30s]        | retry: [soon]           | 2 | pattern
            subject: New        | subjekt: New            | 6 | subjekt
            tell: [admins]      | 'tell: [admins'         | 7 | not YAML
            """)
    void a_wrong_entry_is_named_with_file_and_line(String right, String wrong, int line, String complaint) {
        String yaml = GOOD.replace("\"New: {title}\"", "'New: {title}'").replace(right, wrong);
        assertThatThrownBy(() -> PolicyFile.read(yaml, "policy.yaml"))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("line " + line + ":")
                .hasMessageContaining(complaint);
    }
}
