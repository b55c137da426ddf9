package camelbell.receipt;

import camelbell.rest.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Meta's question, before it sends anything, whether the webhook is ours. The challenge goes back only when it could not
 * be anything but a challenge, so that nobody can make the hub say a page.
 */
@Component("webhookVerification")
class WebhookVerification {

    private static final Pattern CHALLENGE = Pattern.compile("[0-9A-Za-z_-]{1,128}");

    private final byte[] token;

    WebhookVerification(WebhookProperties properties) {
        this.token = properties.verifyToken().getBytes(StandardCharsets.UTF_8);
    }

    public Answer answer(@Nullable String rawQuery) {
        Map<String, String> query = parameters(rawQuery == null ? "" : rawQuery);
        String challenge = query.getOrDefault("hub.challenge", "");
        boolean good = "subscribe".equals(query.get("hub.mode"))
                && isToken(query.getOrDefault("hub.verify_token", ""))
                && CHALLENGE.matcher(challenge).matches();
        return good ? Answer.text(challenge) : Answer.forbidden("The verification does not fit.");
    }

    private boolean isToken(String given) {
        return token.length > 0 && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    /** The first value of each name counts; a query that cannot be decoded has none. */
    private static Map<String, String> parameters(String rawQuery) {
        Map<String, String> parameters = new HashMap<>();
        try {
            for (String pair : rawQuery.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                parameters.putIfAbsent(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value);
            }
        } catch (IllegalArgumentException undecodable) {
            return Map.of();
        }
        return parameters;
    }
}
