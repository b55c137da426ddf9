package camelbell.channel.whatsapp;

import camelbell.channel.http.CallSettings;
import camelbell.channel.http.ProviderClient;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.stereotype.Component;

/** The HTTP client below camel-http. The bearer token is its own, so that it never stands on the exchange. */
@Component("cloudApiClient")
class CloudApiClient implements HttpClientConfigurer {

    private final WhatsAppProperties properties;

    CloudApiClient(WhatsAppProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        String token = properties.accessToken();
        ProviderClient.configure(
                builder,
                new CallSettings(
                        "camelbell.whatsapp.",
                        token.isBlank() ? "" : "Bearer " + token,
                        properties.trust(),
                        properties.proxy(),
                        properties.concurrency(),
                        properties.connectTimeout(),
                        properties.responseTimeout(),
                        properties.attemptTimeout()));
    }
}
