package camelbell.runtime.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import org.springframework.stereotype.Component;

/**
 * Keeps one caller from taking the hub from the others, on REST and WebSocket handshakes alike: by address before
 * anything is asked of a token, and by user once the token has been checked. A refused request costs no worker.
 */
@Component("rateLimits")
public class RateLimits {

    private final Proxies proxies;
    private final TokenBuckets<String> addresses;
    private final TokenBuckets<Long> users;
    private final TokenBuckets<String> refusals;
    private final Counter byAddress;
    private final Counter byRefusals;
    private final Counter byUser;

    RateLimits(RateProperties rate, Proxies proxies, MeterRegistry meters) {
        this.proxies = proxies;
        this.addresses = new TokenBuckets<>(rate.perAddress(), rate.addressBurst(), rate.remembered());
        this.users = new TokenBuckets<>(rate.perUser(), rate.userBurst(), rate.remembered());
        this.refusals = new TokenBuckets<>(rate.refusedHandshakes(), rate.refusedBurst(), rate.remembered());
        this.byRefusals = counter(meters, "refusals");
        this.byAddress = counter(meters, "address");
        this.byUser = counter(meters, "user");
    }

    /**
     * True when the caller's address has had its share; the 429 is answered then. Callbacks to the webhooks are counted
     * when they are refused for what they are, or break off before their body has come: a provider makes thousands a second from a
     * few addresses, each signed, and one that gets 429 comes again all the same. What the hub was too slow for, or had no room
     * for, is nothing that its sender has done.
     */
    boolean stopsAddress(RoutingContext context) {
        String network = proxies.network(context);
        if (!context.normalizedPath().startsWith("/webhooks/")) {
            return stops(context, addresses.secondsToWait(network), byAddress);
        }
        context.addEndHandler(answered -> {
            boolean refused = answered.failed()
                    ? !RequestBodyHandler.hasCome(context)
                    : isRefusal(context.response().getStatusCode());
            if (refused) {
                var unused = addresses.secondsToWait(network);
            }
        });
        return stops(context, addresses.secondsUntilCapacity(network), byAddress);
    }

    private static boolean isRefusal(int status) {
        return status / 100 == 4
                && status != HttpError.TOO_SLOW.status()
                && status != HttpError.TOO_MUCH_AT_ONCE.status();
    }

    /**
     * True when so many handshakes from the caller's address were refused of late that this one is not even looked at;
     * the 429 is answered then. Clients with dead tokens knock for ever, and a signature costs more than this.
     */
    public boolean stopsHandshake(RoutingContext context) {
        return stops(context, refusals.secondsUntilCapacity(proxies.network(context)), byRefusals);
    }

    /** A handshake from the caller's address was refused. */
    public void handshakeRefused(RoutingContext context) {
        var unused = refusals.secondsToWait(proxies.network(context));
    }

    /** True when the user has had their share; the 429 is answered then. */
    public boolean stopsUser(RoutingContext context, long user) {
        return stops(context, users.secondsToWait(user), byUser);
    }

    private static boolean stops(RoutingContext context, long seconds, Counter counter) {
        if (seconds == 0) {
            return false;
        }
        counter.increment();
        HttpErrors.throttled(context, seconds);
        return true;
    }

    private static Counter counter(MeterRegistry meters, String scope) {
        return Counter.builder("camelbell.http.throttled")
                .description("Requests and handshakes answered with 429")
                .tag("by", scope)
                .register(meters);
    }
}
