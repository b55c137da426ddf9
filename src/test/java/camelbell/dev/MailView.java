package camelbell.dev;

import com.icegreen.greenmail.store.StoredMessage.UidAwareMimeMessage;
import io.vertx.core.json.JsonObject;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message as a reader wants it: headers decoded, the text and the HTML alternative apart.
 *
 * @param id its IMAP uid
 */
public record MailView(long id, Map<String, String> headers, String text, String html) {

    /** What cannot be decoded is shown as it came, or says why: one odd mail must not hide the others. */
    public static MailView of(MimeMessage message) {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            for (var header : Collections.list(message.getAllHeaders())) {
                headers.merge(header.getName(), decoded(header.getValue()), (one, other) -> one + "\n" + other);
            }
            long id = message instanceof UidAwareMimeMessage stored ? stored.getUid() : 0;
            return new MailView(id, headers, body(message, "text/plain"), body(message, "text/html"));
        } catch (MessagingException e) {
            throw new IllegalStateException("The mailbox cannot read a message", e);
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** What a list shows of it. */
    public JsonObject summary() {
        return new JsonObject()
                .put("id", id)
                .put("date", header("Date"))
                .put("to", header("To"))
                .put("subject", header("Subject"));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("headers", new JsonObject(Map.copyOf(headers)))
                .put("text", text)
                .put("html", html);
    }

    private static String decoded(String value) {
        String whole = MimeUtility.unfold(value);
        try {
            return MimeUtility.decodeText(whole);
        } catch (UnsupportedEncodingException e) {
            return whole;
        }
    }

    private static String body(MimeMessage message, String type) {
        try {
            return part(message, type);
        } catch (MessagingException | IOException e) {
            return type.equals("text/html") ? "" : "The text of this mail cannot be read: " + e;
        }
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String found = part(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
