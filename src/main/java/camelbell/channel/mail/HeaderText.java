package camelbell.channel.mail;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unstructured text for a header, which its reader sees literally. The mail library leaves ASCII as it is, and a mail program
 * would decode what looks like an encoded word (RFC 2047) in it, past every look at what it says: so that is encoded.
 */
final class HeaderText {

    private static final String SIGN = "=?";

    /** Makes a word of 64 characters, so that a line with the header's name is no longer than 76 (RFC 2047 section 2). */
    private static final int CHARACTERS = 39;

    private HeaderText() {}

    /**
     * The header's value, folded.
     *
     * @param used characters of the line that are taken already: the header's name, the colon and a blank
     */
    static String of(String text, int used) {
        boolean plain = StandardCharsets.US_ASCII.newEncoder().canEncode(text);
        return plain && text.contains(SIGN) ? words(text) : MimeUtility.fold(used, encoded(text));
    }

    private static String encoded(String text) {
        try {
            return MimeUtility.encodeText(text, "UTF-8", null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every JVM has UTF-8", e);
        }
    }

    /** The value of an address header, or null where the mail library writes the display name well by itself. */
    static @Nullable String named(InternetAddress address) {
        String name = address.getPersonal();
        return name == null || !name.contains(SIGN) ? null : of(name, 6) + "\r\n <" + address.getAddress() + ">";
    }

    private static String words(String ascii) {
        List<String> words = new ArrayList<>();
        for (int from = 0; from < ascii.length(); from += CHARACTERS) {
            byte[] part = ascii.substring(from, Math.min(ascii.length(), from + CHARACTERS))
                    .getBytes(StandardCharsets.US_ASCII);
            words.add("=?UTF-8?B?" + Base64.getEncoder().encodeToString(part) + "?=");
        }
        return String.join("\r\n ", words);
    }
}
