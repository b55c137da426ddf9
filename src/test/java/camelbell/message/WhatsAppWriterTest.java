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
                .hasMessageContaining("whatsapp-templates.yaml]:3: ")
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
                .hasMessageContaining("whatsapp-templates.yaml]:3: ")
                .hasMessageContaining("pt_BR")
                .hasMessageContaining("pt-BR");
    }

    @Test
    void an_event_of_the_policy_without_template_stops_the_start() {
        assertThatThrownBy(
                        () -> ShippedTemplates.whatsAppTemplates("file:routes", ShippedTemplates.policy("ticket_lost")))
                .hasMessageContaining("no template for event ticket_lost");
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
