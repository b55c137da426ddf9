package camelbell.message;

import static camelbell.model.ADelivery.EMAIL;
import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.message.WhatsAppWriter.MessageType;
import camelbell.model.ADelivery;
import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.MailContent;
import camelbell.model.Policy;
import camelbell.model.Policy.FurtherFields;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import camelbell.model.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/** Which words channels write by: the template's that the rule names, or those that the policy table has. */
class RuleWordsTest {

    private static final FurtherFields SEVERITY = new FurtherFields(List.of("severity"), List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path routes;

    @BeforeEach
    void a_copy_to_change() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    }

    @Test
    void an_event_that_no_file_has_words_for_is_told_in_the_policy_tables_own() {
        Policy policy =
                policy("ticket_escalated", EMAIL, new Wording("Escalated", "Escalated: {title}", "ticket_escalated"));
        MailContent mail = ShippedTemplates.mailWriter("file:" + routes, policy)
                .write(delivery(
                        "ticket_escalated", new Wording("Escalated", "Escalated:\nthe <site>", "ticket_escalated")));

        assertThat(mail.text()).contains("Escalated: the <site>", "Hello Carla Client,");
        assertThat(mail.html()).contains("Escalated: the &lt;site&gt;");
        assertThat(mail.subject()).isEqualTo("[#63] Homepage not loading");
    }

    @Test
    void an_event_that_one_language_has_words_for_must_have_them_in_each() throws IOException {
        Path english = routes.resolve("templates/words/en.yaml");
        Files.writeString(
                english,
                Files.readString(english)
                        .replace(
                                "\nevents:\n",
                                "\nevents:\n  ticket_escalated: { headline: Escalated, sentence: \"Up: {title}\" }\n"));
        Policy policy = policy("ticket_escalated", EMAIL, new Wording("S", "M", "ticket_escalated"));

        assertThatThrownBy(() -> ShippedTemplates.mailWriter("file:" + routes, policy))
                .hasMessageContaining("de.yaml:")
                .hasMessageContaining("no words for event ticket_escalated");
    }

    @Test
    void a_rule_may_name_a_template_and_one_that_there_is_not_stops_the_start() {
        MailContent mail = ShippedTemplates.mailWriter(
                        "file:" + routes, policy("ticket_created", EMAIL, new Wording("S", "M", "ticket_opened")))
                .write(delivery("ticket_created", new Wording("S", "M", "ticket_opened")));
        assertThat(mail.text()).contains("Your ticket has been opened: Homepage not loading");

        Policy missing = policy("ticket_created", EMAIL, new Wording("S", "M", "ticket_openned"));
        assertThatThrownBy(() -> ShippedTemplates.mailWriter("file:" + routes, missing))
                .hasMessageContaining(
                        "no words for ticket_openned, the template that policy.yaml sends out for ticket_created");
    }

    @Test
    void words_of_a_rules_own_and_words_whose_template_is_gone_are_said_as_they_were_recorded() {
        MailWriter writer = ShippedTemplates.mailWriter("file:" + routes, ShippedTemplates.policy());
        for (String template : new String[] {"", "gone_since"}) {
            assertThat(writer.write(delivery("ticket_created", new Wording("Own", "In its own words", template)))
                            .text())
                    .contains("In its own words")
                    .doesNotContain("A new ticket");
        }
    }

    @Test
    void whatsapp_sends_the_rules_template_or_else_the_events_and_free_text_says_the_rules_words() throws IOException {
        WhatsAppWriter templates = ShippedTemplates.whatsAppWriter(MessageType.TEMPLATE);
        assertThat(templates
                        .write(whatsapp(new Wording("S", "M", "ticket_opened")))
                        .toString())
                .contains("name=ticket_opened");
        assertThat(templates.write(whatsapp(new Wording("S", "Own", ""))).toString())
                .contains("name=ticket_created");
        assertThat(ShippedTemplates.whatsAppWriter(MessageType.TEXT)
                        .write(whatsapp(new Wording("Own", "Own words", "")))
                        .toString())
                .contains("*Own*\nOwn words\n");

        Policy missing = policy("ticket_created", WHATSAPP, new Wording("S", "M", "ticket_lost"));
        assertThatThrownBy(() -> ShippedTemplates.whatsAppTemplates("file:routes", missing))
                .hasMessageContaining(
                        "no template ticket_lost, which policy.yaml sends over WhatsApp for event ticket_created");
    }

    @Test
    void further_fields_of_tickets_stand_in_words_and_parameters_once_the_table_names_them() throws IOException {
        Path english = routes.resolve("templates/words/en.yaml");
        Files.writeString(
                english,
                Files.readString(english)
                        .replace(
                                "A new ticket of {priority} priority was created: {title}",
                                "Severity {severity}: {title}"));
        Policy named = new Policy(Map.of("EMAIL", EMAIL), Map.of(), SEVERITY);
        MailWriter writer = ShippedTemplates.mailWriter("file:" + routes, named);

        assertThat(writer.write(severe("SEV1")).text()).contains("Severity SEV1: Homepage");
        assertThat(writer.write(severe("INC0012345")).text()).contains("Severity INC0012345: Homepage");
        assertThat(writer.write(severe("a\u0000\nb")).text()).contains("Severity a b: Homepage");
        assertThat(writer.write(delivery("ticket_created", new Wording("S", "M", "ticket_created")))
                        .text())
                .contains("Severity –: Homepage");
        assertThatThrownBy(() -> ShippedTemplates.mailWriter("file:" + routes, ShippedTemplates.policy()))
                .hasMessageContaining("en.yaml:")
                .hasMessageContaining("no field {severity}");

        Path registry = routes.resolve("whatsapp-templates.yaml");
        Files.writeString(
                registry,
                "ticket_created:\n  en: { name: t, language: en, category: UTILITY, parameters: [title, severity] }\n");
        assertThat(ShippedTemplates.whatsAppTemplates("file:" + routes, named)
                        .find(severe("SEV2"))
                        .fill(new PlaceholderValues(severe("SEV2"), Map.of()))
                        .toString())
                .contains("text=SEV2");
        assertThatThrownBy(() -> ShippedTemplates.whatsAppTemplates("file:" + routes, ShippedTemplates.policy()))
                .hasMessageContaining("whatsapp-templates.yaml:2:71: no field severity");
    }

    @Test
    void a_channel_of_plain_text_has_words_by_the_rules_template() throws IOException {
        Path english = routes.resolve("templates/words/en.yaml");
        Files.writeString(
                english, Files.readString(english) + "\nchannels:\n  SMS:\n    for_creators: \"Yours: {title}\"\n");
        Channel sms = new Channel("SMS", "SMS", "channel-sms", "phone", false);
        Policy policy = policy("ticket_created", sms, new Wording("S", "M", "for_creators"));
        MessageProperties properties =
                new MessageProperties("file:" + routes, Locale.ENGLISH, "https://desk.example.org/tickets/{id}");
        TextWriter writer = new TextWriter(
                Texts.read(properties, policy, new PathMatchingResourcePatternResolver()),
                properties,
                (person, channel) -> null);

        assertThat(writer.write(over(sms, new Wording("S", "M", "for_creators")), 100)
                        .text())
                .isEqualTo("Yours: Homepage not loading");
        assertThat(writer.write(over(sms, new Wording("S", "M", "")), 100).text())
                .isEqualTo("M");
    }

    private static Policy policy(String type, Channel channel, Wording words) {
        return new Policy(
                Map.of(channel.code(), channel),
                Map.of(type, new Policy.Event(List.of(ShippedTemplates.rule(List.of(channel), words)), null)));
    }

    private static Delivery delivery(String type, Wording words) {
        return saying(ADelivery.aDelivery().of(type).to(reader("en")).delivery(), words, Map.of());
    }

    private static Delivery whatsapp(Wording words) {
        return over(WHATSAPP, words);
    }

    private static Delivery over(Channel channel, Wording words) {
        return saying(ADelivery.aDelivery().over(channel).delivery(), words, Map.of());
    }

    private static Delivery severe(String severity) {
        Delivery usual = ADelivery.aDelivery().delivery();
        return saying(usual, usual.words(), Map.of("severity", severity));
    }

    private static Delivery saying(Delivery usual, Wording words, Map<String, String> further) {
        Ticket ticket = usual.event().ticket();
        TicketEvent event = new TicketEvent(
                "urn:test",
                "e",
                usual.event().type(),
                Instant.EPOCH,
                new Ticket(
                        ticket.id(),
                        ticket.title(),
                        ticket.priority(),
                        ticket.category(),
                        ticket.status(),
                        ticket.createdBy(),
                        ticket.projectName(),
                        ticket.createdAt(),
                        further),
                null,
                List.of());
        return new Delivery(
                1, usual.channel(), usual.recipient(), event, words, Instant.EPOCH, 1, usual.leasedUntil(), false);
    }
}
