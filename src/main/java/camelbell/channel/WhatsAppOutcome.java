package camelbell.channel;

import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Reads the Cloud API's answer, or its absence, as an outcome. Reasons are short, stable and hold no number.
 * {@code UNKNOWN_OUTCOME}: Meta may have taken the message; the API has no key by which to ask or to repeat safely.
 */
@Component("whatsAppOutcome")
class WhatsAppOutcome {

    static final String UNKNOWN = "UNKNOWN_OUTCOME";

    private final JsonMapper mapper = new JsonMapper();
    private final Clock clock;

    WhatsAppOutcome(ObjectProvider<Clock> clock) {
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    public DeliveryOutcome answered(int status, @Nullable String retryAfter, @Nullable String body) {
        JsonNode answer = read(body);
        if (status >= 200 && status <= 299) {
            String id = answer.path("messages").path(0).path("id").asText("");
            return id.isBlank() ? new FailedForNow(UNKNOWN, null) : new Sent(id);
        }
        JsonNode error = answer.path("error");
        Integer code = error.path("code").canConvertToInt() ? error.path("code").intValue() : null;
        String reason = code == null ? "HTTP " + status : "META " + code;
        MetaErrorClass kind = MetaErrorClass.of(status, code);
        return kind == MetaErrorClass.PERMANENT
                ? new FailedForGood(reason)
                : new FailedForNow(reason, kind.waits(RetryAfter.parse(retryAfter, clock.instant())));
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome failed(Exception exception) {
        Chain chain = new Chain(exception);
        if (chain.find(UnusableAddressException.class) != null) {
            return new FailedForGood("INVALID_ADDRESS");
        }
        if (neverLeft(chain)) {
            return new FailedForNow("HTTP CONNECT", null);
        }
        boolean connection = chain.find(IOException.class) != null && chain.find(JsonProcessingException.class) == null;
        return new FailedForNow(connection ? UNKNOWN : Unexpected.reason(chain.first()), null);
    }

    private static boolean neverLeft(Chain chain) {
        return chain.find(HttpHostConnectException.class) != null
                || chain.find(ConnectTimeoutException.class) != null
                || chain.find(ConnectionRequestTimeoutException.class) != null
                || chain.find(UnknownHostException.class) != null;
    }

    private JsonNode read(@Nullable String body) {
        try {
            JsonNode answer = body == null ? null : mapper.readTree(body);
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
