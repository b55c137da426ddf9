package camelbell.channel.whatsapp;

import camelbell.channel.http.ProxyProperties;
import camelbell.model.StartRefused;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Meta's Cloud API as this package uses it. Meanings, units and defaults stand in application.yaml. The address of a call
 * is put together in the route; it is checked here. Errors: {@link StartRefused} for a part that is none.
 */
@ConfigurationProperties("camelbell.whatsapp")
record WhatsAppProperties(
        String baseUrl,
        String apiVersion,
        String accessToken,
        String defaultRegion,
        String trust,
        ProxyProperties proxy,
        int concurrency,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration attemptTimeout) {

    WhatsAppProperties {
        if (!baseUrl.matches("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*")) {
            throw new StartRefused("camelbell.whatsapp.base-url is \"" + baseUrl
                    + "\"; it must be an http or https address without a slash at the end, such as"
                    + " https://graph.facebook.com.");
        }
        if (proxy.isSet() && !baseUrl.startsWith("https:")) {
            throw new StartRefused("camelbell.whatsapp.proxy.host is set and camelbell.whatsapp.base-url is \""
                    + baseUrl + "\"; it must be an https address, or the proxy would read the access token.");
        }
        if (!apiVersion.matches("v[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            throw new StartRefused("camelbell.whatsapp.api-version is \"" + apiVersion
                    + "\"; it must be a version of the Graph API such as v23.0.");
        }
    }

    /** The token must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "WhatsAppProperties[concurrency=" + concurrency + ", attemptTimeout=" + attemptTimeout + "]";
    }
}
