package camelbell.address;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each e-mail address that the hub reads or writes. Domains are ASCII by UTS 46, non-transitional, as browsers and
 * registries have them: by the older rules {@code faß.example} would be {@code fass.example}, which is somebody else's.
 */
public final class MailAddresses {

    private static final IDNA DOMAINS = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);

    private static final Pattern HOST_NAME = Pattern.compile(
            "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\\.?");

    private static final String MAILTO = "mailto:";

    /** In characters, with what is taken off: far beyond any that is, and few enough that no reading of it takes long or deep. */
    private static final int LONGEST = 1000;

    /** In characters as written; none is longer in ASCII (RFC 1035 section 2.3.4), and hardly any becomes shorter by that. */
    private static final int LONGEST_DOMAIN = 255;

    /** Marks that nobody sees, which come along when an address is copied; joiners may be part of a domain. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}&&[^\u200c\u200d]]");

    private static final Pattern JOINERS = Pattern.compile("[\u200c\u200d]");

    private MailAddresses() {}

    /**
     * The address with its domain in ASCII and small letters, without {@code mailto:}, invisible marks and a final dot; null
     * where what is behind the last @ is no domain. Of what is before it, only the case of a comparison is the caller's.
     */
    public static @Nullable String plain(String written) {
        if (written.length() > LONGEST) {
            return null;
        }
        String address = INVISIBLE.matcher(written).replaceAll("").strip();
        boolean link = address.regionMatches(true, 0, MAILTO, 0, MAILTO.length());
        String plain = link ? address.substring(MAILTO.length()).strip() : address;
        int at = plain.lastIndexOf('@');
        String domain = plain.substring(at + 1);
        int question = link ? domain.indexOf('?') : -1;
        String ascii = at < 0 ? null : domain(question < 0 ? domain : domain.substring(0, question));
        return ascii == null ? null : local(plain.substring(0, at)) + "@" + ascii;
    }

    /** The same for comparisons: in small letters, and the text itself where it is no address. */
    public static String comparable(String written) {
        String plain = plain(written);
        return (plain == null ? written.strip() : plain).toLowerCase(Locale.ROOT);
    }

    /** In the one form of its letters that mail systems compare (RFC 6530 section 10.1). */
    private static String local(String written) {
        return Normalizer.normalize(JOINERS.matcher(written).replaceAll(""), Normalizer.Form.NFC);
    }

    private static @Nullable String domain(String written) {
        if (written.length() > LONGEST_DOMAIN) {
            return null;
        }
        String strict = ascii(written);
        return strict == null ? ascii(JOINERS.matcher(written).replaceAll("")) : strict;
    }

    private static @Nullable String ascii(String written) {
        if (HOST_NAME.matcher(written).matches()) { // also one with hyphens where UTS 46 wants none
            return written.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        }
        StringBuilder ascii = new StringBuilder();
        IDNA.Info info = new IDNA.Info();
        DOMAINS.nameToASCII(written, ascii, info);
        if (ascii.length() > 0 && ascii.charAt(ascii.length() - 1) == '.') {
            ascii.setLength(ascii.length() - 1);
        }
        return info.hasErrors() || ascii.isEmpty() ? null : ascii.toString();
    }
}
