package camelbell.channel;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Meta's Cloud API as this package uses it. Meanings, units and defaults stand in application.yaml. */
@ConfigurationProperties("camelbell.whatsapp")
record WhatsAppProperties(
        String accessToken,
        String defaultRegion,
        int concurrency,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration attemptTimeout) {

    /** The token must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "WhatsAppProperties[concurrency=" + concurrency + ", attemptTimeout=" + attemptTimeout + "]";
    }
}
