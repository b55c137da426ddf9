package camelbell.message;

import static camelbell.model.ADelivery.aDelivery;
import static camelbell.model.ADelivery.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.MailContent;
import camelbell.model.StartRefused;
import camelbell.model.UnsubscribePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

class MailWriterTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path copy;

    private final MailWriter writer = ShippedTemplates.mailWriter("file:routes", ShippedTemplates.policy());

    @BeforeEach
    void a_copy_to_spoil() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), copy);
    }

    @Test
    void it_says_what_happened_in_the_readers_language_and_time_zone() {
        MailContent english = writer.write(aDelivery().to(reader("en")).delivery());
        MailContent german = writer.write(aDelivery().to(reader("de-AT")).delivery());

        assertThat(english.subject()).isEqualTo("[#63] Homepage not loading");
        assertThat(english.text())
                .startsWith("Hello Carla Client,\n\nA new ticket")
                .contains("High\nStatus:", "\n-- \n");
        assertThat(english.text())
                .contains("Hello Carla Client,", "A new ticket of High priority was created: Homepage not loading")
                .contains("Status: In progress", "February 29, 2016", "12:38", "https://desk.example.org/tickets/63");
        assertThat(german.text()).contains("Guten Tag Carla Client,", "Priorität: Hoch", "29. Februar 2016");
        assertThat(german.html()).contains("<html lang=\"de\">");
    }

    @Test
    void an_unknown_or_senseless_locale_gets_the_default() {
        for (String locale : new String[] {"fr", "x", "", "no such locale!", null}) {
            assertThat(writer.write(aDelivery().to(reader(locale)).delivery()).text())
                    .contains("Hello");
        }
    }

    @Test
    void hostile_titles_are_text_and_nothing_else() {
        String title =
                "<script>alert('1')</script>\r\nBcc: evil@example.org \u202Egnp.exe\u0000 \"&amp;\" {name} {{ 7*7 }} \uD800";
        MailContent mail = writer.write(aDelivery().titled(title).delivery());

        assertThat(mail.subject())
                .isEqualTo(
                        "[#63] <script>alert('1')</script> Bcc: evil@example.org gnp.exe \"&amp;\" {name} {{ 7*7 }}");
        assertThat(mail.html())
                .doesNotContain("<script", "\u202E", "\u0000", "\"&amp;\"")
                .contains("&lt;script&gt;")
                .contains("{{ 7*7 }}");
        assertThat(mail.text()).doesNotContain("\nBcc").contains("{name} {{ 7*7 }}");
    }

    @Test
    void four_thousand_emoji_are_cut_between_characters() {
        MailContent mail =
                writer.write(aDelivery().titled("👩🏽‍💻".repeat(1000)).delivery());

        assertThat(mail.subject().codePointCount(0, mail.subject().length())).isEqualTo(200);
        assertThat(mail.subject()).endsWith("…").doesNotContain("\uFFFD");
    }

    @Test
    void the_text_has_72_columns_but_for_what_cannot_be_broken_and_no_word_of_a_title_begins_a_line() {
        String link = "https://example.org/" + "x".repeat(80);
        MailContent mail = writer.write(aDelivery()
                .titled("From the nightly export -- to the warehouse: ".repeat(4) + link)
                .delivery());

        assertThat(mail.text().lines().filter(line -> !line.contains(link))).allMatch(line -> line.length() <= 72);
        assertThat(mail.text())
                .contains("\n  " + link + "\n", "\n-- \n")
                .contains("priority was created: From the nightly export")
                .doesNotContain("\nFrom", "\nto", "\n--\n", " \n  ");
    }

    @Test
    void what_outlook_needs_is_there_and_harms_nobody_else() {
        String html = writer.write(aDelivery().delivery()).html();

        assertThat(html.split("<!--\\[if mso]>", -1)).hasSameSizeAs(html.split("<!\\[endif]-->", -1));
        assertThat(html)
                .contains("width=\"560\"", "mso-padding-alt:12px 24px", "mso-hide:all")
                .contains("<meta name=\"color-scheme\" content=\"light dark\">");
    }

    @Test
    void a_link_to_unsubscribe_stands_in_both_parts_where_the_hub_has_a_public_address() {
        MailContent with =
                ShippedTemplates.mailWriterWithLinks().write(aDelivery().delivery());
        MailContent without = writer.write(aDelivery().delivery());

        assertThat(with.unsubscribe()).isEqualTo("https://hub.example.org/u/7EMAIL");
        assertThat(with.html()).contains("<a class=\"soft\" href=\"https://hub.example.org/u/7EMAIL\"");
        assertThat(with.text()).endsWith("\nUnsubscribe from these e-mails: https://hub.example.org/u/7EMAIL\n");
        assertThat(without.unsubscribe()).isNull();
        assertThat(without.html() + without.text()).doesNotContain("Unsubscribe", "/u/");
        assertThat(without.text()).endsWith("because this ticket concerns you.\n");
    }

    @Test
    void the_page_behind_that_link_speaks_the_readers_language_and_runs_nothing() {
        for (UnsubscribePage.State state : UnsubscribePage.State.values()) {
            var page = ShippedTemplates.unsubscribePage()
                    .write(new UnsubscribePage(state, "de-AT", "EMAIL", "Email", "/u/\"><script>"));
            assertThat(page.html())
                    .contains("<html lang=\"de\">", "Ticket-Benachrichtigungen")
                    .doesNotContain("<script", "http:", "https:", "href=", "src=");
        }
        assertThat(ShippedTemplates.unsubscribePage()
                        .write(new UnsubscribePage(UnsubscribePage.State.INVALID, null, "", "", ""))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_html_loads_nothing_from_elsewhere() {
        assertThat(writer.write(aDelivery().delivery()).html())
                .doesNotContainIgnoringCase("<img")
                .doesNotContainIgnoringCase("url(")
                .doesNotContainIgnoringCase("<link")
                .doesNotContainIgnoringCase("src=");
    }

    @Test
    void an_unknown_variable_in_the_layout_stops_the_start_with_file_and_line() throws IOException {
        spoil("templates/mail.txt", "{{ sentence }}", "{{ sentense }}");

        assertThatThrownBy(this::start)
                .hasMessageContaining("templates/mail.txt:4: ")
                .hasMessageContaining("sentense");
    }

    @Test
    void a_missing_layout_stops_the_start() throws IOException {
        Files.delete(copy.resolve("templates/mail.html"));

        assertThatThrownBy(this::start).hasMessageContaining("mail.html").hasMessageContaining("camelbell.routes");
    }

    @Test
    void an_unknown_field_in_the_words_stops_the_start_with_file_and_line() throws IOException {
        spoil("templates/words/de.yaml", "Ihr Ticket wurde eröffnet: {title}", "Ihr Ticket wurde eröffnet: {titel}");

        assertThatThrownBy(this::start).hasMessageContaining("de.yaml:11:15: no field {titel}");
    }

    @Test
    void a_misspelt_key_in_the_words_stops_the_start_with_file_and_line() throws IOException {
        spoil("templates/words/de.yaml", "    headline: Neues Ticket", "    headlin: Neues Ticket");

        assertThatThrownBy(this::start).hasMessageContaining("de.yaml:7:").hasMessageContaining("headlin");
    }

    @Test
    void words_in_a_locale_that_nobody_can_have_stop_the_start() throws IOException {
        Files.copy(copy.resolve("templates/words/de.yaml"), copy.resolve("templates/words/pt_BR.yaml"));

        assertThatThrownBy(this::start).hasMessageContaining("pt_BR.yaml").hasMessageContaining("pt-BR");
    }

    @Test
    void an_event_of_the_policy_without_words_stops_the_start() {
        assertThatThrownBy(() -> ShippedTemplates.mailWriter("file:" + copy, ShippedTemplates.policy("ticket_lost")))
                .hasMessageContaining("no words for event ticket_lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://desk.example.org/tickets", "ftp://desk/{id}", "desk/{id}", "https://desk/{id}\"x", ""})
    void a_link_to_tickets_that_is_none_refuses_the_start(String url) {
        assertThatThrownBy(() -> new MessageProperties("file:routes", Locale.ENGLISH, url))
                .isInstanceOf(StartRefused.class)
                .hasMessage("camelbell.ticket-url is \"" + url
                        + "\"; it must be an http or https address with {id} where the ticket's number goes.");
    }

    private void start() {
        ShippedTemplates.mailWriter("file:" + copy, ShippedTemplates.policy());
    }

    private void spoil(String file, String good, String bad) throws IOException {
        Path path = copy.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(good);
        Files.writeString(path, text.replace(good, bad));
    }
}
