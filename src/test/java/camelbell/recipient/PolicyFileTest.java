package camelbell.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.StartRefused;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;

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
            subject: New        | subjekt: New            | 6 | subjekt
            tell: [admins]      | 'tell: [admins'         | 7 | not YAML
            """)
    void a_wrong_entry_is_named_with_file_and_line(String right, String wrong, int line, String complaint) {
        String yaml = GOOD.replace("\"New: {title}\"", "'New: {title}'").replace(right, wrong);
        assertThatThrownBy(() -> PolicyFile.read(new ByteArrayResource(yaml.getBytes(UTF_8), "policy.yaml"), ROUTES))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("[policy.yaml]:" + line + ": ")
                .hasMessageContaining(complaint);
    }
}
