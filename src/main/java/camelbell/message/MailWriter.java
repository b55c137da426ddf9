package camelbell.message;

import camelbell.model.Delivery;
import camelbell.model.MailContent;
import camelbell.model.Person;
import camelbell.model.Ticket;
import camelbell.model.UnsubscribeLinks;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the e-mail of one delivery, in its reader's language and time zone. Errors: none after start-up. */
@Component("mailWriter")
class MailWriter {

    /** Longest subject line in code points. */
    private static final int LONGEST_SUBJECT = 200;

    private final Vocabulary vocabulary;
    private final Layout layout;
    private final MessageProperties properties;
    private final UnsubscribeLinks links;

    MailWriter(Vocabulary vocabulary, Layout layout, MessageProperties properties, UnsubscribeLinks links) {
        this.vocabulary = vocabulary;
        this.layout = layout;
        this.properties = properties;
        this.links = links;
        // a layout that names what does not exist stops the start, not the first mail
        vocabulary.all().forEach(words -> words.events().keySet().forEach(type -> {
            write(Sample.of(type), words, null);
            write(Sample.of(type), words, "https://example.org/u/sample");
        }));
    }

    public MailContent write(Delivery delivery) {
        return write(
                delivery,
                vocabulary.in(delivery.recipient().locale()),
                links.link(delivery.recipient(), delivery.channel()));
    }

    private MailContent write(Delivery delivery, Words words, @Nullable String unsubscribe) {
        PlaceholderValues fields = new PlaceholderValues(delivery, words.values());
        Words.Event event = words.saying(delivery, fields);
        Map<String, Object> values = Map.of(
                "locale", words.locale(),
                "headline", event.headline(),
                "sentence", event.sentence(),
                "labels", words.filled(fields),
                "fields", table(delivery, words, fields),
                "accent", accent(delivery.event().ticket().priority()),
                "link", properties.linkTo(delivery.event().ticket().id()),
                "unsubscribe", unsubscribe == null ? "" : unsubscribe);
        String subject = fields.fill(event.subject() == null ? words.subject() : event.subject());
        return new MailContent(
                PlainText.line(subject, LONGEST_SUBJECT),
                Columns.wrap(layout.text(values)),
                layout.html(values),
                unsubscribe);
    }

    private static List<Map<String, String>> table(Delivery delivery, Words words, PlaceholderValues fields) {
        Ticket ticket = delivery.event().ticket();
        return List.of(
                row(words, "ticket", "#" + fields.get("id")),
                row(words, "priority", fields.get("priority")),
                row(words, "status", fields.get("status")),
                row(words, "category", fields.get("category")),
                row(words, "project", fields.get("project")),
                row(words, "created", time(ticket.createdAt(), delivery.recipient(), words)));
    }

    private static Map<String, String> row(Words words, String label, String value) {
        return Map.of("label", words.labels().getOrDefault(label, label), "value", value);
    }

    private static String time(Instant instant, Person reader, Words words) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(Locale.forLanguageTag(words.locale()))
                        .format(instant.atZone(zone(reader.timeZone())))
                + (zone(reader.timeZone()).equals(ZoneOffset.UTC) ? " UTC" : "");
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static String accent(String priority) {
        return switch (priority) {
            case "CRITICAL" -> "#c62828";
            case "HIGH" -> "#e07b00";
            case "LOW" -> "#5b8a72";
            default -> "#1f5fbf";
        };
    }
}
