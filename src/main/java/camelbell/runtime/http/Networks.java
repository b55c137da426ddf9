package camelbell.runtime.http;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What counts as one caller: an IPv4 address, or the /64 of an IPv6 one, since a household or office has at least that. */
final class Networks {

    private static final int IPV4 = 4;
    private static final int IPV6_NETWORK = 8;

    private Networks() {}

    /** The name of the address' network, or null for what is no address. */
    static @Nullable String of(String address) {
        byte[] bytes = Addresses.bytes(address);
        return bytes == null ? null : of(bytes);
    }

    static String of(byte[] address) {
        return HexFormat.of().formatHex(address.length == IPV4 ? address : Arrays.copyOf(address, IPV6_NETWORK));
    }
}
