package camelbell.channel.http;

import camelbell.channel.TrustedAuthorities;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
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

/**
 * An HTTP client set up for a provider on the internet: one connection for each consumer thread, short time-outs, and none
 * of the client's own ideas (retries that sleep on the thread, redirects, cookies).
 */
public final class ProviderClient {

    /** So that a change of the provider's addresses is noticed. */
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofMinutes(5);

    private ProviderClient() {}

    /** Errors: {@link camelbell.model.StartRefused} for certificates that cannot be read. */
    public static void configure(HttpClientBuilder builder, CallSettings settings) {
        configure(builder, settings, SystemDefaultDnsResolver.INSTANCE, false);
    }

    /**
     * The same, connecting to no other addresses than the resolver answers.
     *
     * @param statusIsEnough see {@link BoundedCall}
     */
    static void configure(
            HttpClientBuilder builder, CallSettings settings, DnsResolver resolver, boolean statusIsEnough) {
        builder.setConnectionManager(connections(settings, resolver))
                .setConnectionManagerShared(false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.connectTimeout()))
                        .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .addExecInterceptorFirst("bounded-call", new BoundedCall(settings, statusIsEnough))
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "connected", BoundedCall::arrived);
        if (settings.proxy().isSet()) {
            goThrough(settings.proxy(), builder);
        }
    }

    /** By CONNECT, so that it hears the provider's name and its own login, and nothing else. */
    private static void goThrough(ProxyProperties proxy, HttpClientBuilder builder) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        builder.setProxy(host);
        if (!proxy.username().isEmpty()) {
            BasicCredentialsProvider login = new BasicCredentialsProvider();
            login.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            proxy.username(), proxy.password().toCharArray()));
            builder.setDefaultCredentialsProvider(login);
        }
    }

    private static HttpClientConnectionManager connections(CallSettings settings, DnsResolver resolver) {
        PoolingHttpClientConnectionManagerBuilder builder = PoolingHttpClientConnectionManagerBuilder.create();
        if (!settings.trust().isBlank()) {
            builder.setTlsSocketStrategy(
                    new DefaultClientTlsStrategy(TrustedAuthorities.in(settings.keys() + "trust", settings.trust())));
        }
        return builder.setDnsResolver(resolver)
                .setMaxConnPerRoute(settings.concurrency())
                .setMaxConnTotal(settings.concurrency())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setTimeToLive(CONNECTION_LIFE)
                        .build())
                .build();
    }
}
