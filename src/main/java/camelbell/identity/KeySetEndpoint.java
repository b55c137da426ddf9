package camelbell.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Fetches the issuer's key set, and knows since when that fails. The last good set is believed for
 * {@code camelbell.jwt.jwks-keep}, no longer: a key may have left it for a reason. Down only once nothing is believed any more.
 */
@Component("tokenKeys")
class KeySetEndpoint implements ResourceRetriever, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(KeySetEndpoint.class);
    private static final int TIMEOUT_MS = 3000;
    private static final int MAX_BYTES = 256 * 1024;

    private final ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MAX_BYTES);
    private final boolean used;
    private final Duration keep;
    private final Clock clock;
    private @Nullable Instant fetched;
    private @Nullable Instant failing;

    KeySetEndpoint(JwtProperties jwt, Clock clock) {
        this.used = !jwt.jwksUri().isBlank();
        this.keep = jwt.jwksKeep();
        this.clock = clock;
    }

    /** Errors: IOException for no answer, and for one that is no key set. */
    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            Resource resource = http.retrieveResource(url);
            JWKSet.parse(resource.getContent());
            succeeded();
            return resource;
        } catch (IOException away) {
            failed(away);
            throw away;
        } catch (ParseException garbage) {
            failed(garbage);
            throw new IOException("the answer is no key set", garbage);
        }
    }

    private synchronized void succeeded() {
        if (failing != null) {
            LOG.info("key set of camelbell.jwt.jwks-uri can be had again, after failing since={}", failing);
        }
        fetched = clock.instant();
        failing = null;
    }

    private synchronized void failed(Exception why) {
        if (failing == null) {
            failing = clock.instant();
            LOG.warn(
                    "key set of camelbell.jwt.jwks-uri cannot be had: {}; the last good one, of {}, is believed for {}."
                            + " See to the issuer, or the way there",
                    why.toString(),
                    fetched,
                    keep);
        }
    }

    /** True when the last good set is too old to be believed, or there has been none. */
    synchronized boolean isStale() {
        return fetched == null || clock.instant().isAfter(fetched.plus(keep));
    }

    @Override
    public synchronized Health health() {
        if (!used) {
            return Health.up().withDetail("jwks", "not used").build();
        }
        Health.Builder health = failing != null && isStale() ? Health.down() : Health.up();
        health.withDetail("failing_since", failing == null ? "never" : failing.toString());
        if (fetched != null) {
            health.withDetail("fetched", fetched.toString())
                    .withDetail("believed_until", fetched.plus(keep).toString());
        }
        return health.build();
    }
}
