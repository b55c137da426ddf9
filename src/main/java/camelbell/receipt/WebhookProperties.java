package camelbell.receipt;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** What Meta and the hub share for the status webhook. Meanings stand in application.yaml. */
@ConfigurationProperties("camelbell.whatsapp")
record WebhookProperties(String phoneNumberId, String appSecret, String verifyToken) {

    /** The secrets must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "WebhookProperties[phoneNumberId=" + phoneNumberId + "]";
    }
}
