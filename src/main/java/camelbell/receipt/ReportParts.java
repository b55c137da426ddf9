package camelbell.receipt;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;

/**
 * What of a report matters: the verdicts, and the headers of the mail that they are about. The words for people in the
 * first part are nobody's business here; servers write them in any language.
 */
record ReportParts(@Nullable Date written, DeliveryStatus status, InternetHeaders original) {

    private static final int DEEPEST = 4;
    private static final int MOST_PARTS = 20;

    /** Null for a mail that is no such report. */
    static @Nullable ReportParts of(MimeMessage mail) throws MessagingException, IOException {
        Search search = new Search();
        search.in(mail, 0);
        DeliveryStatus status = search.status;
        InternetHeaders original = search.original;
        return status == null || original == null ? null : new ReportParts(mail.getSentDate(), status, original);
    }

    /** The addresses in a field such as {@code rfc822; ann@example.org}; none where it holds no address. */
    static List<String> addresses(String field) {
        String text = field.substring(field.indexOf(';') + 1).strip();
        try {
            return Arrays.stream(InternetAddress.parse(text, false))
                    .map(address -> String.valueOf(address.getAddress()).toLowerCase(Locale.ROOT))
                    .limit(MOST_PARTS)
                    .toList();
        } catch (MessagingException notAnAddress) {
            return List.of();
        }
    }

    private static final class Search {

        private @Nullable DeliveryStatus status;
        private @Nullable InternetHeaders original;

        void in(Part part, int depth) throws MessagingException, IOException {
            if (part.isMimeType("multipart/*") && depth < DEEPEST) {
                if (part.getContent() instanceof MimeMultipart parts) {
                    for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
                        BodyPart inner = parts.getBodyPart(i);
                        in(inner, depth + 1);
                    }
                }
            } else if (part.isMimeType("message/delivery-status")
                    || part.isMimeType("message/global-delivery-status")) {
                try (InputStream content = part.getInputStream()) {
                    status = new DeliveryStatus(content);
                }
            } else if (depth > 0 && isOriginal(part)) {
                try (InputStream content = part.getInputStream()) {
                    original = new InternetHeaders(content);
                }
            }
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
