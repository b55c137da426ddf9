package camelbell.channel.http;

import camelbell.channel.ErrorClasses;
import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelProviders;
import camelbell.model.HubTag;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/** Gives the {@link HttpProvider}s of route files their clients, and takes them back at the end. */
@Component
class HttpProviders implements ChannelProviders {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProviders.class);

    private final ErrorClasses classes;
    private final HttpFailures failures;
    private final HubTag tag;
    private final Clock clock;
    private final List<CloseableHttpClient> clients = new ArrayList<>();

    HttpProviders(ErrorClasses classes, HttpFailures failures, HubTag tag, ObjectProvider<Clock> clock) {
        this.classes = classes;
        this.failures = failures;
        this.tag = tag;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    @Override
    public void begin(Object provider, Channel channel, ChannelLimit limit) {
        if (provider instanceof HttpProvider http) {
            http.begin(channel, limit, this);
        }
    }

    CallSettings settings(String keys, String authorization, String trust, String connectTimeout, ChannelLimit limit) {
        return new CallSettings(
                keys,
                authorization,
                trust,
                ProxyProperties.NONE,
                limit.concurrency(),
                DurationStyle.detectAndParse(connectTimeout),
                limit.attemptTimeout(),
                limit.attemptTimeout());
    }

    HttpCall call(CallSettings settings, HttpRequestRules requests, HttpAnswerRules answers, List<Network> networks) {
        DnsResolver system = SystemDefaultDnsResolver.INSTANCE;
        HttpClientBuilder builder = HttpClientBuilder.create().setUserAgent("Camelbell");
        ProviderClient.configure(
                builder, settings, requests.personal() ? new PublicAddresses(system, networks) : system, true);
        CloseableHttpClient client = builder.build();
        clients.add(client);
        return new HttpCall(client, requests, answers, classes, tag, clock);
    }

    HttpFailures failures() {
        return failures;
    }

    @PreDestroy
    void close() {
        for (CloseableHttpClient client : clients) {
            try {
                client.close();
            } catch (IOException e) {
                LOG.debug("an HTTP client was not closed: {}", e.getMessage());
            }
        }
    }
}
