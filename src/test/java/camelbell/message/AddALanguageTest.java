package camelbell.message;

import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.aDelivery;
import static camelbell.model.ADelivery.reader;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Delivery;
import camelbell.model.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Follows src/docs/how-to/add-a-language.md: its blocks are what is written. */
class AddALanguageTest {

    private static final Path PAGE = Path.of("src/docs/how-to/add-a-language.md");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path routes;

    @Test
    void whoever_follows_the_page_writes_to_people_in_their_language() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), routes);
        List<String> yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        String english = Files.readString(routes.resolve("templates/words/en.yaml"));
        int from = english.indexOf("subject:");
        int to = english.indexOf("  ticket_opened:");
        Files.writeString(
                routes.resolve("templates/words/fr.yaml"),
                english.substring(0, from) + yaml.get(0) + english.substring(to));
        Path approved = routes.resolve("whatsapp-templates.yaml");
        Files.writeString(
                approved,
                Files.readString(approved).replace("\nticket_created:\n", "\nticket_created:\n" + yaml.get(1)));

        Policy policy = ShippedTemplates.policy("ticket_created");
        Delivery toQuebec = aDelivery().to(reader("fr-CA")).delivery();
        assertThat(ShippedTemplates.mailWriter("file:" + routes, policy)
                        .write(toQuebec)
                        .text())
                .contains("Un ticket de priorité High a été créé : Homepage not loading");
        WhatsAppTemplates templates = ShippedTemplates.whatsAppTemplates("file:" + routes, policy);
        assertThat(templates.find(toQuebec).language()).isEqualTo("fr");
        assertThat(templates
                        .find(aDelivery()
                                .of("ticket_opened")
                                .over(WHATSAPP)
                                .to(reader("fr-CA"))
                                .delivery())
                        .language())
                .as("not approved yet")
                .isEqualTo("en");
    }
}
