package camelbell.suppression;

import camelbell.model.StartRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The opaque end of an unsubscribe link: a person's id and a channel's code under an HMAC-SHA256 of 16 bytes. It holds
 * nothing else, so it never expires; mail is read years later, and RFC 8058 wants no login.
 */
@Component
class UnsubscribeTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "camelbell unsubscribe link 1";
    private static final byte VERSION = 1;
    private static final int MAC_BYTES = 16;
    private static final int HEAD_BYTES = 1 + Long.BYTES;
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z_-]{34,160}");

    private final List<SecretKeySpec> keys;

    /** Errors: links are wanted, but there is nothing to sign them with. */
    UnsubscribeTokens(PublicUrl url, LinkSecrets own, TokenSecrets tokens) {
        List<String> secrets = own.secrets().isEmpty() ? tokens.secrets() : own.secrets();
        if (secrets.isEmpty() && !url.publicUrl().isEmpty()) {
            throw new StartRefused(
                    "camelbell.http.public-url is set, so e-mails get unsubscribe links, but nothing signs"
                            + " them: set camelbell.unsubscribe.secrets.");
        }
        this.keys = secrets.stream().map(UnsubscribeTokens::key).toList();
    }

    /** Whom a token is about. */
    record Subscription(long person, String channel) {}

    String write(Subscription meant) {
        byte[] channel = meant.channel().getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(HEAD_BYTES + channel.length)
                .put(VERSION)
                .putLong(meant.person())
                .put(channel)
                .array();
        ByteBuffer token = ByteBuffer.allocate(content.length + MAC_BYTES);
        token.put(content).put(mac(keys.get(0), content));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Null for whatever we have not signed. */
    @Nullable
    Subscription read(@Nullable String token) {
        if (token == null || !TOKEN.matcher(token).matches()) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        if (bytes.length <= HEAD_BYTES + MAC_BYTES) {
            return null;
        }
        byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] given = Arrays.copyOfRange(bytes, content.length, bytes.length);
        boolean ours = keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, content), given));
        return ours && content[0] == VERSION ? meant(content) : null;
    }

    private static Subscription meant(byte[] content) {
        String channel = new String(content, HEAD_BYTES, content.length - HEAD_BYTES, StandardCharsets.UTF_8);
        return new Subscription(ByteBuffer.wrap(content).getLong(1), channel);
    }

    /** A key for this purpose alone: whoever learns it can sign no access token. */
    private static SecretKeySpec key(String secret) {
        SecretKeySpec root = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return new SecretKeySpec(hmac(root, PURPOSE.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    }

    private static byte[] mac(SecretKeySpec key, byte[] content) {
        return Arrays.copyOf(hmac(key, content), MAC_BYTES);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
