package camelbell.receipt;

import org.springframework.stereotype.Component;

/** The fixed answers of the webhook, for its route. */
@Component("webhookAnswers")
class WebhookAnswers {

    private static final String JSON = "application/json";

    public WebhookAnswer stored() {
        return new WebhookAnswer(200, JSON, "{}");
    }

    public WebhookAnswer unsigned() {
        return new WebhookAnswer(401, JSON, "{\"detail\":\"The signature is missing or wrong.\"}");
    }
}
