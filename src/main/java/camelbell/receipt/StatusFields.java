package camelbell.receipt;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/**
 * The fields of a delivery status, recipient by recipient. RFC 3464 parts them by blank lines; servers leave these out, or
 * put some where none belong, so that a recipient also ends where a field comes a second time.
 */
final class StatusFields {

    private static final int MOST_RECIPIENTS = 20;
    private static final int MOST_FIELDS = 1000;
    private static final Set<String> RECIPIENT = Set.of("original-recipient", "final-recipient");
    private static final Set<String> OF_A_RECIPIENT = Set.of("action", "status");

    private final List<Map<String, String>> recipients = new ArrayList<>();
    private Map<String, String> current = start();
    private boolean blank;
    private int fields;

    private StatusFields() {}

    /** Names in small letters, values without folds. The fields of the report as a whole go with the first recipient. */
    static List<Map<String, String>> of(DeliveryStatus status) throws MessagingException {
        StatusFields all = new StatusFields();
        all.add(status.getMessageDSN());
        for (int i = 0; i < status.getRecipientDSNCount(); i++) {
            all.add(status.getRecipientDSN(i));
        }
        return all.recipients;
    }

    private void add(InternetHeaders block) {
        blank = true;
        for (Header field : Collections.list(block.getAllHeaders())) {
            if (++fields <= MOST_FIELDS) {
                add(
                        field.getName().strip().toLowerCase(Locale.ROOT),
                        utf8(field.getValue()).replaceAll("\\s+", " ").strip());
            }
        }
    }

    private void add(String name, String value) {
        boolean again = current.containsKey(name);
        boolean ended = blank && OF_A_RECIPIENT.stream().anyMatch(current::containsKey);
        if ((RECIPIENT.contains(name) && (again || (ended && isNamed())))
                || (OF_A_RECIPIENT.contains(name) && again && blank)) {
            current = start();
        }
        blank = false;
        current.putIfAbsent(name, value);
    }

    /** The library takes each byte for a letter; RFC 6533 has UTF-8. */
    private static String utf8(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private boolean isNamed() {
        return RECIPIENT.stream().anyMatch(current::containsKey);
    }

    /** Beyond the most, what is read is left. */
    private Map<String, String> start() {
        Map<String, String> next = new HashMap<>();
        if (recipients.size() < MOST_RECIPIENTS) {
            recipients.add(next);
        }
        return next;
    }
}
