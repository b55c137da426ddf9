package camelbell.receipt;

/** What the webhook answers. */
record WebhookAnswer(int status, String contentType, String text) {

    static WebhookAnswer of(String challenge) {
        return new WebhookAnswer(200, "text/plain", challenge);
    }

    static WebhookAnswer forbidden() {
        return new WebhookAnswer(403, "application/json", "{\"detail\":\"The verification does not fit.\"}");
    }
}
