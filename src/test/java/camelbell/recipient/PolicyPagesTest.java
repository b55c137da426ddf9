package camelbell.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Policy;
import camelbell.model.PolicyCondition.Subject;
import camelbell.runtime.TestOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;

/** What the pages show is taken as they show it, and the reference leaves nothing out. */
class PolicyPagesTest {

    private static final String CHANNELS =
            """
            channels:
              EMAIL: { display: Email, route: channel-mail, address: email }
              WHATSAPP: { display: WhatsApp, route: channel-whatsapp, address: whatsapp_number }
              SYSTEM: { display: System Alert, route: channel-websocket, inbox: true }
            """;

    private static final Path REFERENCE = Path.of("src/docs/reference/policy.md");

    @Test
    void every_example_of_telling_only_some_is_a_table() throws IOException {
        List<String> blocks = blocks(Path.of("src/docs/how-to/tell-only-some.md"));

        assertThat(blocks).hasSize(3).allSatisfy(block -> assertThat(
                        read("events:\n" + block).events())
                .hasSize(1));
    }

    @Test
    void the_example_of_the_decision_is_a_table_too() throws IOException {
        Policy.Event event = read("events:\n"
                        + blocks(Path.of("src/docs/decisions/0027-rules-and-conditions.md"))
                                .get(0))
                .events()
                .get("ticket_escalated");
        assertThat(event).isNotNull();
        assertThat(event.rules()).hasSize(2);
        assertThat(event.otherwise()).isNotNull();
    }

    @Test
    void the_reference_names_every_field_and_operator() throws IOException {
        String page = Files.readString(REFERENCE);
        ConditionFields fields = new ConditionFields(Policy.FurtherFields.NONE);
        for (Subject subject : Subject.values()) {
            String row = page.lines()
                    .filter(line -> line.startsWith("| `${" + subject.word() + "."))
                    .findFirst()
                    .orElseThrow();
            assertThat(fields.of(subject)).allSatisfy(name -> assertThat(row).contains("`" + name + "`"));
        }
        String operators = page.substring(page.indexOf("| operators |"));
        assertThat(TestOperators.simple().all())
                .allSatisfy(operator -> assertThat(operators).containsPattern("`" + Pattern.quote(operator) + "[` ]"));
        assertThat(read(blocks(REFERENCE).get(0)
                                + "events:\n  a: { tell: [admins], over: [EMAIL], subject: S, message: M }\n")
                        .further())
                .isEqualTo(new Policy.FurtherFields(List.of("severity"), List.of("department")));
    }

    private static Policy read(String yaml) {
        return PolicyFile.read(
                new ByteArrayResource((CHANNELS + yaml).getBytes(UTF_8), "policy.yaml"),
                RouteIds.in("file:routes"),
                TestOperators.simple());
    }

    private static List<String> blocks(Path page) throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
