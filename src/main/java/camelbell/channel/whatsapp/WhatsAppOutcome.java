package camelbell.channel.whatsapp;

import camelbell.channel.ErrorClasses;
import camelbell.channel.http.HttpFailures;
import camelbell.channel.http.RetryAfter;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Reads the Cloud API's answer, or its absence; routes/retries.yaml says what follows. Reasons are short, stable and
 * hold no number. Meta's code decides before the status: pages differ on which status goes with which code.
 */
@Component("whatsAppOutcome")
class WhatsAppOutcome {

    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;
    private static final int LONGEST_ID = 512;

    private final JsonMapper mapper = new JsonMapper();
    private final Current<ErrorClasses> classes;
    private final HttpFailures failures;
    private final Clock clock;

    WhatsAppOutcome(Current<ErrorClasses> classes, HttpFailures failures, ObjectProvider<Clock> clock) {
        this.classes = classes;
        this.failures = failures;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    public DeliveryOutcome answered(
            @ExchangeProperty("delivery") Delivery delivery,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Header("Retry-After") @Nullable String retryAfter,
            @Body @Nullable String body) {
        ErrorClasses table = classes.now();
        JsonNode answer = read(body);
        if (status / HUNDRED == SUCCESS) {
            String id = answer.path("messages").path(0).path("id").asText("");
            return canBeKept(id) ? new Sent(id) : table.outcome(delivery, "HTTP BAD ANSWER");
        }
        List<String> evidence = evidence(answer.path("error"), status);
        String reason = evidence.stream()
                .filter(sign -> sign.indexOf('/') < 0 || table.name(delivery, sign))
                .findFirst()
                .orElseThrow();
        return table.outcome(delivery, reason, RetryAfter.parse(retryAfter, clock.instant()), evidence);
    }

    /** A subcode says more than its code; hardly any is worth an entry of its own, and then it is the reason too. */
    private static List<String> evidence(JsonNode error, int status) {
        List<String> evidence = new ArrayList<>();
        JsonNode code = error.path("code");
        if (code.canConvertToInt()) {
            String meta = "META " + code.intValue();
            JsonNode subcode = error.path("error_subcode");
            if (subcode.canConvertToInt()) {
                evidence.add(meta + "/" + subcode.intValue());
            }
            evidence.add(meta);
        }
        evidence.add("HTTP " + status);
        return evidence;
    }

    /** An id that the database refuses would be tried again for ever, and every outcome of its batch with it. */
    private static boolean canBeKept(String id) {
        return !id.isBlank() && id.length() <= LONGEST_ID && id.indexOf('\0') < 0;
    }

    /** The same refusal for a delivery that has no time left for a second request: it is tried again, with a new lease. */
    public DeliveryOutcome later(DeliveryOutcome refused) {
        return refused instanceof FailedForGood failed ? new FailedForNow(failed.reason(), null) : refused;
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome failed(Delivery delivery, Exception exception) {
        return failures.read(delivery, exception);
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
