package camelbell.channel;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * The HTTP client below camel-http, set up for a provider on the internet: one connection for each consumer thread,
 * short time-outs, and none of the client's own ideas (retries that sleep on the thread, redirects, cookies).
 */
@Component("cloudApiClient")
class CloudApiClient implements HttpClientConfigurer {

    /** So that a change of the provider's addresses is noticed. */
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(5);

    private final WhatsAppProperties properties;

    CloudApiClient(WhatsAppProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setConnectionManager(connections())
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(properties.connectTimeout()))
                        .setResponseTimeout(Timeout.of(properties.responseTimeout()))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .addExecInterceptorFirst("cloud-api", new BoundedCall(properties));
        if (properties.proxy().isSet()) {
            goThrough(properties.proxy(), builder);
        }
    }

    /** By CONNECT, so that it hears the provider's name and its own login, and nothing else. */
    private static void goThrough(ProxyProperties proxy, HttpClientBuilder builder) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        builder.setProxy(host)
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "beyond-proxy", BoundedCall::arrived);
        if (!proxy.username().isEmpty()) {
            BasicCredentialsProvider login = new BasicCredentialsProvider();
            login.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.username(), proxy.password().toCharArray()));
            builder.setDefaultCredentialsProvider(login);
        }
    }

    private HttpClientConnectionManager connections() {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create();
        if (!properties.trust().isBlank()) {
            builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(
                    TrustedAuthorities.in("camelbell.whatsapp.trust", properties.trust())));
        }
        return builder.setMaxConnPerRoute(properties.concurrency())
                .setMaxConnTotal(properties.concurrency())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                        .setSocketTimeout(Timeout.of(properties.responseTimeout()))
                        .setTimeToLive(CONNECTION_LIFE)
                        .build())
                .build();
    }
}
