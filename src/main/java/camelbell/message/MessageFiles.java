package camelbell.message;

import camelbell.configuration.Findings;
import camelbell.model.Delivery;
import camelbell.model.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Checks all files that say what messages look like, without a hub and all of them at once. */
public final class MessageFiles {

    private static final String SOME_TICKET = "https://example.org/tickets/{id}";

    private MessageFiles() {}

    /**
     * The findings get whatever is wrong in words, layouts and WhatsApp templates.
     *
     * @param routes the folder that holds them, a Spring resource location
     * @param fallback the language that everything must be there in
     */
    public static void check(
            String routes, Locale fallback, Policy policy, ResourcePatternResolver resources, Findings findings) {
        Map<Locale, Words> words = Vocabulary.read(routes, fallback, policy, resources, findings);
        WhatsAppTemplates.check(
                resources.getResource(routes + "/whatsapp-templates.yaml"), fallback, words.keySet(), policy, findings);
        MessageProperties properties = new MessageProperties(routes, fallback, SOME_TICKET);
        boolean parsed = true;
        for (String template : Layout.TEMPLATES) {
            parsed &= tried(() -> Layout.parse(properties, resources, template), findings);
        }
        if (parsed && !words.isEmpty()) {
            Locale language = words.containsKey(fallback)
                    ? fallback
                    : words.keySet().iterator().next();
            write(
                    new Vocabulary(new Locales<>(words, language)),
                    new Layout(properties, resources),
                    properties,
                    findings);
        }
    }

    /** Each layout stops at its first mistake; so each is tried by itself. */
    private static void write(Vocabulary vocabulary, Layout layout, MessageProperties properties, Findings findings) {
        MailValues values = new MailValues(properties);
        for (Words words : vocabulary.all()) {
            for (String type : words.events().keySet()) {
                Delivery delivery = Sample.of(type);
                PlaceholderValues fields = new PlaceholderValues(delivery, words.values());
                Words.EventText event = words.saying(delivery, fields);
                for (String link : List.of("", "https://example.org/u/sample")) {
                    Map<String, Object> sample = values.of(delivery, words, fields, event, link);
                    tried(() -> layout.text(sample), findings);
                    tried(() -> layout.html(sample), findings);
                }
            }
        }
        tried(() -> UnsubscribePageWriter.mustWrite(vocabulary, layout), findings);
    }

    private static boolean tried(Runnable what, Findings findings) {
        try {
            what.run();
            return true;
        } catch (InvalidTemplateException invalid) {
            findings.add(invalid.finding());
            return false;
        }
    }
}
