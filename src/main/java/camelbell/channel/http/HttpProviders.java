package camelbell.channel.http;

import camelbell.channel.ErrorClasses;
import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelProviders;
import camelbell.model.Current;
import camelbell.model.HubTag;
import camelbell.model.StartRefused;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Gives the {@link HttpProvider}s of route files their clients, and takes them back at the end. */
@Component
class HttpProviders implements ChannelProviders {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProviders.class);

    private final Current<ErrorClasses> classes;
    private final HttpFailures failures;
    private final HubTag tag;
    private final Environment environment;
    private final Clock clock;
    private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();

    HttpProviders(
            Current<ErrorClasses> classes,
            HttpFailures failures,
            HubTag tag,
            Environment environment,
            ObjectProvider<Clock> clock) {
        this.environment = environment;
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

    @Override
    public void end(Object provider) {
        if (provider instanceof HttpProvider http) {
            http.end(this);
        }
    }

    @Override
    public void refuse(String name, Object unused) {
        if (unused instanceof HttpProvider) {
            throw new StartRefused("The HTTP provider " + name
                    + " is the outcome of no channel; its route file must say" + " outcome: " + name + ".");
        }
    }

    /** What stands under a key; empty for no key. Errors: {@link StartRefused} for a key that is not set. */
    String secret(String key) {
        if (key.isEmpty()) {
            return "";
        }
        String secret = environment.getProperty(key, "").strip();
        if (secret.isEmpty()) {
            throw StartRefused.missing(key);
        }
        return secret;
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
        builder.disableContentCompression();
        if (requests.personal()) {
            // what one person's server has left on a connection must not be the answer to another person's message
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        HttpCall call = new HttpCall(builder.build(), requests, answers, classes, tag, clock);
        calls.add(call);
        return call;
    }

    void end(HttpCall call) {
        if (calls.remove(call)) {
            try {
                call.close();
            } catch (IOException e) {
                LOG.debug("an HTTP client was not closed: {}", e.getMessage());
            }
        }
    }

    HttpFailures failures() {
        return failures;
    }

    @PreDestroy
    void close() {
        calls.forEach(this::end);
    }
}
