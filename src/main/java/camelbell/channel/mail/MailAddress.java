package camelbell.channel.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import camelbell.address.MailAddresses;
import camelbell.channel.UnusableAddressException;
import camelbell.model.StartRefused;
import jakarta.mail.Address;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strict reading of e-mail addresses: exactly one, plain, nothing that an SMTP command or a header could trip over. */
final class MailAddress {

    /** What nobody can see or has yet given a meaning is left out of RFC 6531's characters beyond ASCII. */
    private static final String ATOM = "[[\\w!#$%&'*+/=?^`{|}~-][^\\p{ASCII}\\p{C}\\p{Z}]]+";

    /** RFC 5321 dot-string: no quotes, comments, groups, literals, lists, white space. The domain has been looked at. */
    private static final Pattern PLAIN = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@[a-z0-9.-]+");

    private static final int LAST_OF_ASCII = 0x7f;

    /** In bytes. */
    private static final int LONGEST = 254;

    private MailAddress() {}

    /** Errors: {@link UnusableAddressException} for anything but one plain address. */
    static InternetAddress of(@Nullable String address) {
        String written = address == null ? null : MailAddresses.plain(address);
        if (written == null) {
            throw new UnusableAddressException("not a domain after the @");
        }
        if (written.getBytes(UTF_8).length > LONGEST || !PLAIN.matcher(written).matches()) {
            throw new UnusableAddressException("not one plain e-mail address");
        }
        return checked(written);
    }

    /** The same for an address of our own, which every server must understand. */
    static InternetAddress ascii(String address) {
        InternetAddress plain = of(address);
        if (isInternational(plain)) {
            throw new UnusableAddressException("not an address in ASCII");
        }
        return plain;
    }

    /** True for an address that takes a server with SMTPUTF8 (RFC 6531): one with a local part beyond ASCII. */
    static boolean isInternational(Address address) {
        return address.toString().chars().anyMatch(c -> c > LAST_OF_ASCII);
    }

    /** The configured sender, which may have a display name. Errors: {@link StartRefused}, which names the key. */
    static InternetAddress sender(String from) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(from, true);
            if (parsed.length == 1 && !parsed[0].isGroup()) {
                return new InternetAddress(
                        ascii(parsed[0].getAddress()).getAddress(), parsed[0].getPersonal(), "UTF-8");
            }
        } catch (AddressException | UnsupportedEncodingException | UnusableAddressException e) {
            throw new StartRefused(unusable(from), e);
        }
        throw new StartRefused(unusable(from));
    }

    static String domain(InternetAddress address) {
        return address.getAddress().substring(address.getAddress().lastIndexOf('@') + 1);
    }

    private static InternetAddress checked(String address) {
        try {
            InternetAddress parsed = new InternetAddress(address, true);
            parsed.validate();
            return parsed;
        } catch (AddressException e) {
            throw new UnusableAddressException("not an e-mail address by RFC 822");
        }
    }

    private static String unusable(String from) {
        return "camelbell.mail.from is \"" + from + "\"; it must be one address such as Tickets <tickets@example.org>.";
    }
}
