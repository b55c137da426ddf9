package camelbell.channel;

import camelbell.address.MailAddresses;
import camelbell.model.StartRefused;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Strict reading of e-mail addresses: exactly one, plain, nothing that an SMTP command or a header could trip over. */
final class MailAddress {

    /** RFC 5321 dot-string: no quotes, comments, groups, literals, lists, white space. The domain has been looked at. */
    private static final Pattern PLAIN =
            Pattern.compile("([\\w!#$%&'*+/=?^`{|}~-]+(?:\\.[\\w!#$%&'*+/=?^`{|}~-]+)*)@[a-z0-9.-]+");

    private static final int LONGEST = 254;

    private MailAddress() {}

    /** Errors: {@link UnusableAddressException} for anything but one plain address. */
    static InternetAddress of(@Nullable String address) {
        String written = address == null ? null : MailAddresses.plain(address);
        if (written == null) {
            throw new UnusableAddressException("not a domain after the @");
        }
        if (written.length() > LONGEST || !PLAIN.matcher(written).matches()) {
            throw new UnusableAddressException("not one plain e-mail address");
        }
        return checked(written);
    }

    /** The configured sender, which may have a display name. Errors: {@link StartRefused}, which names the key. */
    static InternetAddress sender(String from) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(from, true);
            if (parsed.length == 1 && !parsed[0].isGroup()) {
                return new InternetAddress(of(parsed[0].getAddress()).getAddress(), parsed[0].getPersonal(), "UTF-8");
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
