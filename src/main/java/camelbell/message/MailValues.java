package camelbell.message;

import camelbell.model.Delivery;
import camelbell.model.Person;
import camelbell.model.Ticket;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the layouts of mails may name. */
record MailValues(MessageProperties properties) {

    /** By the locale of the words. */
    private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();

    /** @param unsubscribe a link; empty where there is none */
    Map<String, Object> of(
            Delivery delivery, Words words, PlaceholderValues fields, Words.EventText event, String unsubscribe) {
        return Map.of(
                "locale", words.locale(),
                "headline", event.headline(),
                "sentence", event.sentence(),
                "labels", words.filled(fields),
                "fields", table(delivery, words, fields),
                "accent", accent(delivery.event().ticket().priority()),
                "link", properties.linkTo(delivery.event().ticket().id()),
                "unsubscribe", unsubscribe);
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
        return FORMATS.computeIfAbsent(words.locale(), MailValues::format)
                        .format(instant.atZone(zone(reader.timeZone())))
                + (zone(reader.timeZone()).equals(ZoneOffset.UTC) ? " UTC" : "");
    }

    /** To make one takes longer than to use it. */
    private static DateTimeFormatter format(String locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(locale));
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
