package camelbell.receipt;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * What of a report matters: what became of the mail for whom, and the headers of that mail. The words for people in the
 * first part are nobody's business here, since servers write them in any language, unless there is nothing else.
 *
 * @param recipients fields by name, for each recipient
 * @param complaint type of a feedback report, which has no recipients
 * @param original headers of the mail that it is about
 */
record ReportParts(
        MimeMessage mail, List<Map<String, String>> recipients, @Nullable String complaint, InternetHeaders original) {

    /** Null for a mail that is no such report. */
    static @Nullable ReportParts of(MimeMessage mail) throws MessagingException, IOException {
        Search found = new Search();
        found.in(mail, 0);
        InternetHeaders original = found.original;
        if (found.feedback != null && original != null) {
            return new ReportParts(mail, List.of(), first(found.feedback, "Feedback-Type"), original);
        }
        if (found.status != null) {
            return new ReportParts(
                    mail, StatusFields.of(found.status), null, original == null ? new InternetHeaders() : original);
        }
        PlainReport plain = found.text == null ? null : PlainReport.of(mail, found.text, original);
        return plain == null ? null : new ReportParts(mail, plain.recipients(), null, plain.original());
    }

    /** When it was written, as it says. */
    @Nullable
    Date written() throws MessagingException {
        return mail.getSentDate();
    }

    /** Of the mail that it is about; a server that returns no headers may name it among its own fields or as what it answers. */
    String messageId() throws MessagingException {
        String returned = first(original, "Message-ID");
        String named = recipients.isEmpty() ? "" : recipients.get(0).getOrDefault("x-original-message-id", "");
        String[] answered = mail.getHeader("In-Reply-To");
        String fallback = named.isEmpty() && answered != null ? answered[0].strip() : named;
        return returned.isEmpty() ? fallback : returned;
    }

    /** Whom that mail was for. */
    String to() {
        return first(original, "To");
    }

    private static String first(InternetHeaders headers, String name) {
        String[] values = headers.getHeader(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }

    private static final class Search {

        private static final int DEEPEST = 4;
        private static final int MOST_PARTS = 20;
        private static final int LONGEST_TEXT = 64 * 1024;
        private static final Pattern BLANKS = Pattern.compile("[\r\n]{3,}");

        private @Nullable DeliveryStatus status;
        private @Nullable InternetHeaders feedback;
        private @Nullable InternetHeaders original;
        private @Nullable String text;

        void in(Part part, int depth) throws MessagingException, IOException {
            if (part.isMimeType("multipart/*")) {
                if (depth < DEEPEST && part.getContent() instanceof MimeMultipart parts) {
                    for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
                        in(parts.getBodyPart(i), depth + 1);
                    }
                }
                return;
            }
            try (InputStream content = part.getInputStream()) {
                if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
                    status = new DeliveryStatus(fewBlanks(content));
                } else if (part.isMimeType("message/feedback-report")) {
                    feedback = new InternetHeaders(content);
                } else if (depth > 0 && isOriginal(part)) {
                    original = new InternetHeaders(content, true);
                } else if (text == null && part.isMimeType("text/plain")) {
                    text = text(content);
                }
            }
        }

        private static String text(InputStream content) throws IOException {
            return new String(content.readNBytes(LONGEST_TEXT), StandardCharsets.ISO_8859_1);
        }

        /** Each blank line would become a recipient, which is dear. */
        private static InputStream fewBlanks(InputStream content) throws IOException {
            String fields = BLANKS.matcher(text(content)).replaceAll("\n\n");
            return new ByteArrayInputStream(fields.getBytes(StandardCharsets.ISO_8859_1));
        }

        private static boolean isOriginal(Part part) throws MessagingException {
            return part.isMimeType("text/rfc822-headers")
                    || part.isMimeType("message/rfc822-headers")
                    || part.isMimeType("message/rfc822")
                    || part.isMimeType("message/global")
                    || part.isMimeType("message/global-headers");
        }
    }
}
