package camelbell.message;

import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.aDelivery;
import static camelbell.model.ADelivery.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.message.WhatsAppWriter.MessageType;
import camelbell.model.ADelivery;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppWriterTest {

    private final ADelivery delivery = aDelivery().over(WHATSAPP);

    @Test
    void a_template_is_filled_in_order() throws IOException {
        JsonNode written = write(MessageType.TEMPLATE, delivery.to(reader("de")));

        assertThat(written)
                .isEqualTo(
                        new JsonMapper()
                                .readTree(
                                        """
                {"type": "template", "template": {
                  "name": "ticket_created", "language": {"policy": "deterministic", "code": "de"},
                  "components": [
                    {"type": "body", "parameters": [
                      {"type": "text", "text": "Hoch"}, {"type": "text", "text": "Homepage not loading"}]},
                    {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "63"}]}
                  ]}}"""));
    }

    @Test
    void a_parameter_is_one_line_never_empty_and_cut_on_code_points() {
        assertThat(title("a\n\n\tb      c")).isEqualTo("a b c");
        assertThat(title(" \u0000\n")).isEqualTo("–");
        assertThat(title("😀".repeat(4000))).isEqualTo("😀".repeat(249) + "…");
    }

    @Test
    void free_text_names_the_event_and_links_to_the_ticket() throws IOException {
        JsonNode written = write(MessageType.TEXT, delivery);

        assertThat(written.at("/text/body").asText())
                .startsWith("*New ticket*\nA new ticket of High priority was created: Homepage not loading\n")
                .endsWith("https://desk.example.org/tickets/63");
        assertThat(written.at("/text/preview_url").asBoolean(true)).isFalse();
    }

    @Test
    void a_wrong_registry_entry_stops_the_start_with_file_and_line(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("whatsapp-templates.yaml"),
                """
                ticket_created:
                  en: { name: ticket_created, language: en, category: UTILITY, parameters: [title] }
                  de: { name: Ticket-Neu, language: de, category: UTILITY, parameters: [title] }
                """);

        assertThatThrownBy(() -> ShippedTemplates.whatsAppTemplates("file:" + folder, ShippedTemplates.policy()))
                .hasMessageContaining("whatsapp-templates.yaml:3:")
                .hasMessageContaining("name");
    }

    @Test
    void a_locale_that_nobody_can_have_stops_the_start(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("whatsapp-templates.yaml"),
                """
                ticket_created:
                  en: { name: ticket_created, language: en, category: UTILITY, parameters: [title] }
                  pt_BR: { name: ticket_created, language: pt_BR, category: UTILITY, parameters: [title] }
                """);

        assertThatThrownBy(() -> ShippedTemplates.whatsAppTemplates("file:" + folder, ShippedTemplates.policy()))
                .hasMessageContaining("whatsapp-templates.yaml:3:")
                .hasMessageContaining("pt_BR")
                .hasMessageContaining("pt-BR");
    }

    @Test
    void an_event_of_the_policy_without_template_stops_the_start() {
        assertThatThrownBy(
                        () -> ShippedTemplates.whatsAppTemplates("file:routes", ShippedTemplates.policy("ticket_lost")))
                .hasMessageContaining("no template for event ticket_lost");
    }

    @Test
    void values_that_would_burst_the_body_are_shortened_the_longest_first_until_all_fit(@TempDir Path folder)
            throws IOException {
        String words = "x".repeat(424);
        JsonNode parameters = parameters(folder, "\"" + words + "{{1}}{{2}}{{3}}{{4}}{{5}}\"");

        assertThat(parameters.get(4).path("text").asText()).isEqualTo("High");
        int sum = words.length();
        for (JsonNode parameter : parameters) {
            String value = parameter.path("text").asText();
            sum += value.codePointCount(0, value.length());
        }
        assertThat(sum).isBetween(1024 - 3, 1024);
        assertThat(parameters.get(0).path("text").asText()).isEqualTo("😀".repeat(148) + "…");
    }

    @Test
    void a_value_that_stands_in_the_body_twice_counts_twice(@TempDir Path folder) throws IOException {
        JsonNode parameters = parameters(folder, "\"{{1}}{{1}}{{2}}{{3}}{{4}}{{5}}\"");

        assertThat(parameters.get(0).path("text").asText()).isEqualTo("😀".repeat((1024 - 4) / 5 - 1) + "…");
    }

    @Test
    void without_the_body_the_values_share_three_quarters_of_a_thousand(@TempDir Path folder) throws IOException {
        assertThat(parameters(folder, "").get(0).path("text").asText()).isEqualTo("😀".repeat((750 - 4) / 4 - 1) + "…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            [title]           | Hello {{1}} and {{2}}.  | variables beyond {{1}}
            [title, name]     | Hello {{1}}.            | no {{2}}, and parameters has 2 entries
            []                | Hello {{1}}.            | variables beyond {{0}}
            [title, name]     | LONG {{1}} {{2}}        | 12 are left for 2 values; each needs 20
            """)
    void a_body_that_cannot_hold_its_parameters_stops_the_start_with_file_and_line(
            String parameters, String body, String complaint, @TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("whatsapp-templates.yaml"),
                """
                ticket_created:
                  en:
                    { name: t, language: en, category: UTILITY, parameters: %s,
                      body: "%s" }
                """
                        .formatted(parameters, body.replace("LONG", "x".repeat(1010))));

        assertThatThrownBy(() -> ShippedTemplates.whatsAppTemplates("file:" + folder, ShippedTemplates.policy()))
                .hasMessageContaining("whatsapp-templates.yaml:4:")
                .hasMessageContaining(complaint);
    }

    /** Of a template with four titles of 4,000 emoji, and a priority. */
    private JsonNode parameters(Path folder, String body) throws IOException {
        Files.writeString(
                folder.resolve("whatsapp-templates.yaml"),
                """
                ticket_created:
                  en:
                    name: t
                    language: en
                    category: UTILITY
                    parameters: [title, title, title, title, priority]
                """
                        + (body.isEmpty() ? "" : "    body: " + body + "\n"));
        WhatsAppWriter writer = ShippedTemplates.whatsAppWriter(
                ShippedTemplates.whatsAppTemplates("file:" + folder, ShippedTemplates.policy()));
        JsonMapper mapper = new JsonMapper();
        return mapper.readTree(mapper.writeValueAsString(
                        writer.write(delivery.titled("😀".repeat(4000)).delivery())))
                .at("/template/components/0/parameters");
    }

    private String title(String title) {
        try {
            return write(MessageType.TEMPLATE, delivery.titled(title))
                    .at("/template/components/0/parameters/1/text")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode write(MessageType type, ADelivery delivery) throws JsonProcessingException {
        JsonMapper mapper = new JsonMapper();
        return mapper.readTree(
                mapper.writeValueAsString(ShippedTemplates.whatsAppWriter(type).write(delivery.delivery())));
    }
}
