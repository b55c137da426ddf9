package camelbell.message;

import camelbell.message.WhatsAppWriter.MessageType;
import camelbell.model.ADelivery;
import camelbell.model.Channel;
import camelbell.model.Policy;
import camelbell.model.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The writers over a templates folder, as the application builds them. */
final class ShippedTemplates {

    private ShippedTemplates() {}

    static MailWriter mailWriter(String routes, Policy policy) {
        return new MailWriter(texts(routes, policy), properties(routes), (person, channel) -> null);
    }

    static MailWriter mailWriterWithLinks() {
        return new MailWriter(
                texts("file:routes", policy()),
                properties("file:routes"),
                (person, channel) -> "https://hub.example.org/u/" + person.id() + channel.code());
    }

    static UnsubscribePageWriter unsubscribePage() {
        return new UnsubscribePageWriter(texts("file:routes", policy()));
    }

    static WhatsAppWriter whatsAppWriter(MessageType type) {
        return new WhatsAppWriter(type, texts("file:routes", policy("ticket_created")), properties("file:routes"));
    }

    /** Over the templates of another registry. */
    static WhatsAppWriter whatsAppWriter(WhatsAppTemplates templates) {
        return new WhatsAppWriter(
                MessageType.TEMPLATE,
                new Texts(
                        vocabulary("file:routes", policy()),
                        new Layout(properties("file:routes"), new DefaultResourceLoader()),
                        templates),
                properties("file:routes"));
    }

    static WhatsAppTemplates whatsAppTemplates(String routes, Policy policy) {
        return new WhatsAppTemplates(
                new DefaultResourceLoader().getResource(routes + "/whatsapp-templates.yaml"),
                properties(routes),
                policy);
    }

    static Policy policy(String... types) {
        List<Channel> over = List.of(ADelivery.EMAIL, ADelivery.WHATSAPP);
        Map<String, Policy.Event> events = new java.util.HashMap<>();
        for (String type : types) {
            events.put(type, new Policy.Event(List.of(rule(over, new Wording("", "", type))), null));
        }
        return new Policy(Map.of("EMAIL", ADelivery.EMAIL, "WHATSAPP", ADelivery.WHATSAPP), events);
    }

    static Policy.Rule rule(List<Channel> over, Wording words) {
        return new Policy.Rule(List.of(), over, words, null);
    }

    private static Texts texts(String routes, Policy policy) {
        return Texts.read(properties(routes), policy, new PathMatchingResourcePatternResolver());
    }

    private static Vocabulary vocabulary(String routes, Policy policy) {
        return new Vocabulary(properties(routes), policy, new PathMatchingResourcePatternResolver());
    }

    private static MessageProperties properties(String routes) {
        return new MessageProperties(routes, Locale.ENGLISH, "https://desk.example.org/tickets/{id}");
    }
}
