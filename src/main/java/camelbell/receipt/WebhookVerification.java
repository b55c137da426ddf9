package camelbell.receipt;

import camelbell.rest.Answer;
import camelbell.rest.Query;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        Query query = Query.of(rawQuery == null ? "" : rawQuery);
        String challenge = query.text("hub.challenge");
        boolean good = query.text("hub.mode").equals("subscribe")
                && isToken(query.text("hub.verify_token"))
                && CHALLENGE.matcher(challenge).matches();
        return good ? Answer.text(challenge) : Answer.forbidden("The verification does not fit.");
    }

    private boolean isToken(String given) {
        return token.length > 0 && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
