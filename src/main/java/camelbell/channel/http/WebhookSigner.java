package camelbell.channel.http;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Signs a request as Standard Webhooks 1.0 says, with every secret that is configured: during a rotation whoever has the
 * old one believes it as well as whoever has the new one.
 */
final class WebhookSigner {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<Webhook> keys = new ArrayList<>();

    /**
     * @param secrets in base64, with or without {@code whsec_}, parted by spaces or commas; the newest first
     * @throws IllegalArgumentException for a secret that is none; the message does not hold it
     */
    WebhookSigner(String secrets) {
        List<String> each = Arrays.stream(secrets.split("[ ,]+", -1))
                .filter(secret -> !secret.isBlank())
                .toList();
        for (int number = 1; number <= each.size(); number++) {
            keys.add(new Webhook(checked(each.get(number - 1), number)));
        }
    }

    private static String checked(String secret, int number) {
        String key = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        int bytes;
        try {
            bytes = Base64.getDecoder().decode(key).length;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("secret " + number + " is not base64");
        }
        if (bytes < SHORTEST || bytes > LONGEST) {
            throw new IllegalArgumentException(
                    "secret " + number + " has " + bytes + " bytes, not " + SHORTEST + " to " + LONGEST);
        }
        return PREFIX + key;
    }

    boolean signs() {
        return !keys.isEmpty();
    }

    /** The header {@code webhook-signature}. */
    String signature(String id, long timestamp, String body) {
        List<String> signatures = new ArrayList<>();
        for (Webhook key : keys) {
            try {
                signatures.add(key.sign(id, timestamp, body));
            } catch (WebhookSigningException e) {
                throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
            }
        }
        return String.join(" ", signatures);
    }
}
