package camelbell.suppression;

import camelbell.address.MailAddresses;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How an address is remembered without being written down a second time. */
final class AddressDigest {

    private AddressDigest() {}

    static String of(String address) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] normal = MailAddresses.comparable(address).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha.digest(normal));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
