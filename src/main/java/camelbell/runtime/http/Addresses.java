package camelbell.runtime.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses as others write them: with a port, in brackets or quotes, with a zone, an IPv4 one as IPv6 (RFC 4291
 * section 2.5.5.2, RFC 6052 section 2.1). What names the same address is the same bytes.
 */
final class Addresses {

    /** Brackets and quotes are those of RFC 7239; some proxies add the client's port. */
    private static final Pattern WRITTEN =
            Pattern.compile("(?<quote>\"?)(\\[(?<six>[^\\[\\]]+)]|(?<four>[0-9.]+))(:[0-9]{1,5})?\\k<quote>");

    private static final int IPV4 = 4;

    /** Prefixes of 96 bits behind which an IPv4 address stands. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final byte[] TRANSLATED = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private Addresses() {}

    /** Four bytes for every spelling of an IPv4 address, sixteen for others; null for what is no address. */
    static byte @Nullable [] bytes(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare(text));
        return bytes != null && (startsWith(bytes, MAPPED) || startsWith(bytes, TRANSLATED))
                ? Arrays.copyOfRange(bytes, bytes.length - IPV4, bytes.length)
                : bytes;
    }

    /** The address without port, brackets and quotes; what is in none of them is left as it is. */
    private static String bare(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            return text.strip();
        }
        return written.group("six") == null ? written.group("four") : written.group("six");
    }

    /** The usual spelling, or the text itself where it is no address. */
    static String plain(String text) {
        byte[] bytes = bytes(text);
        try {
            return bytes == null ? text : NetUtil.toAddressString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            return text;
        }
    }

    private static boolean startsWith(byte[] address, byte[] prefix) {
        return address.length > prefix.length && Arrays.equals(address, 0, prefix.length, prefix, 0, prefix.length);
    }
}
