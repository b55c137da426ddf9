package camelbell.receipt;

import camelbell.rest.Answer;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The fixed answers of the webhook, for its route. */
@Component("webhookAnswers")
class WebhookAnswers {

    public Answer stored() {
        return Answer.ok(Map.of());
    }

    public Answer unsigned() {
        return Answer.unauthorized("The signature is missing or wrong.");
    }
}
