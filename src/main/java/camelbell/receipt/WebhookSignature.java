package camelbell.receipt;

import camelbell.model.CallbackSignatures;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code X-Hub-Signature-256}: HMAC-SHA256 over the bytes as they came. The scheme has no time in it, so an old body may
 * be sent again; that is harmless because receipts are idempotent.
 */
@Component("webhookSignature")
class WebhookSignature implements CallbackSignatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern HEADER = Pattern.compile("sha256=([0-9A-Fa-f]{64})");

    private final byte[] secret;

    WebhookSignature(WebhookProperties properties) {
        this.secret = properties.appSecret().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean couldBeGood(@Nullable String header) {
        return secret.length > 0
                && HEADER.matcher(header == null ? "" : header.strip()).matches();
    }

    /** Never without a configured secret. */
    public boolean isGood(byte @Nullable [] body, @Nullable String header) {
        var given = HEADER.matcher(header == null ? "" : header.strip());
        if (secret.length == 0 || !given.matches()) {
            return false;
        }
        return MessageDigest.isEqual(
                mac(body == null ? new byte[0] : body), HexFormat.of().parseHex(given.group(1)));
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
