package camelbell.receipt;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports of servers that write for people alone (qmail, older Exim and Sendmail, AOL): a text that names who was not reached and why,
 * and below a line a copy of the mail or of its headers.
 *
 * @param recipients the same fields as in {@link StatusFields}
 */
record PlainReport(List<Map<String, String>> recipients, InternetHeaders original) {

    private static final int MOST_RECIPIENTS = 20;

    private static final Pattern SENDERS = Pattern.compile("(?i)^(?:mailer-daemon|postmaster)@.*");
    private static final Pattern COPY = Pattern.compile(
            "(?im)^[ \\t]*+-{2,}+.{0,40}?(?:copy of|original message|returned message|undelivered message|headers? of)[^\n]{0,100}\n");
    private static final Pattern DELAYED = Pattern.compile(
            "(?i)not (?:yet )?been delivered|will (?:be retried|keep trying|continue|try again)|\\bdelayed\\b");
    private static final Pattern FAILED = Pattern.compile(
            "(?i)permanent|could not be delivered|wasn't able to deliver|unable to deliver|undeliverable|delivery failed");
    private static final Pattern RECIPIENT =
            Pattern.compile("(?m)^[ \t]*<?([^\\s<>@:;,]{1,64}@[^\\s<>@:;,]{1,255})>?:?[ \t]*\r?$");

    /**
     * Null for a mail that is none, such as somebody's automatic answer.
     *
     * @param text the first words for people
     * @param returned headers of the mail that it is about, if they have come as a part of their own
     */
    static @Nullable PlainReport of(MimeMessage mail, String text, @Nullable InternetHeaders returned)
            throws MessagingException {
        Matcher copy = COPY.matcher(text);
        boolean copied = copy.find();
        String words = copied ? text.substring(0, copy.start()) : text;
        String action = DELAYED.matcher(words).find()
                ? "delayed"
                : FAILED.matcher(words).find() ? "failed" : "";
        if (action.isEmpty() || !isOfServer(mail) || (returned == null && !copied)) {
            return null;
        }
        return new PlainReport(
                recipients(mail, words, action),
                returned == null ? headers(text.substring(copy.end()).stripLeading()) : returned);
    }

    private static List<Map<String, String>> recipients(MimeMessage mail, String words, String action)
            throws MessagingException {
        Map<String, String> said = new LinkedHashMap<>();
        String address = String.join(",", headers(mail, "X-Failed-Recipients"));
        int from = 0;
        for (Matcher next = RECIPIENT.matcher(words); said.size() < MOST_RECIPIENTS && next.find(); from = next.end()) {
            if (!said.isEmpty()) {
                said.put(address, words.substring(from, next.start()));
            }
            address = next.group(1).toLowerCase(Locale.ROOT);
            said.put(address, "");
        }
        said.put(address, words.substring(from));
        List<Map<String, String>> recipients = new ArrayList<>();
        said.forEach((recipient, diagnosis) -> recipients.add(
                Map.of("action", action, "final-recipient", recipient, "diagnostic-code", "; " + diagnosis)));
        return recipients;
    }

    private static boolean isOfServer(MimeMessage mail) throws MessagingException {
        if (headers(mail, "X-Failed-Recipients").length > 0) {
            return true;
        }
        for (String from : headers(mail, "From")) {
            for (InternetAddress sender : InternetAddress.parseHeader(from, false)) {
                if (SENDERS.matcher(String.valueOf(sender.getAddress()) + "@").matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String[] headers(MimeMessage mail, String name) throws MessagingException {
        String[] values = mail.getHeader(name);
        return values == null ? new String[0] : values;
    }

    private static InternetHeaders headers(String text) throws MessagingException {
        return new InternetHeaders(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
