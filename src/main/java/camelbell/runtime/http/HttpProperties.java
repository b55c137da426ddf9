package camelbell.runtime.http;

import camelbell.model.StartRefused;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How the public port behaves. Errors: {@link StartRefused} for a value that cannot be meant.
 *
 * @param port TCP port of REST and WebSocket; 0 takes a free one
 * @param allowedOrigins browser origins that may call
 * @param trustedProxies addresses or CIDR ranges whose X-Forwarded-* headers are believed
 * @param workers threads for requests
 * @param maxBody longest request body
 * @param maxWebhookBody longest request body under /webhooks/
 * @param headTimeout longest time from a connection's beginning until its first request has come
 * @param keepAlive longest time from an answer until the connection's next request has come
 * @param bodyTimeout longest time from a request's head until its body has come
 * @param drain longest wait at stop for requests under way
 */
@ConfigurationProperties("camelbell.http")
record HttpProperties(
        int port,
        List<String> allowedOrigins,
        List<String> trustedProxies,
        int workers,
        DataSize maxBody,
        DataSize maxWebhookBody,
        Duration headTimeout,
        Duration keepAlive,
        Duration bodyTimeout,
        Duration drain) {

    private static final int MAX_PORT = 65_535;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    HttpProperties {
        if (port < 0 || port > MAX_PORT) {
            throw new StartRefused("camelbell.http.port is " + port + ": set it between 1 and " + MAX_PORT
                    + ", or to 0 for any free port.");
        }
        allowedOrigins.forEach(AllowedOrigin::check);
        atLeast(SHORTEST, headTimeout, "head-timeout");
        atLeast(SHORTEST, keepAlive, "keep-alive");
        atLeast(SHORTEST, bodyTimeout, "body-timeout");
        atLeast(Duration.ZERO, drain, "drain");
    }

    private static void atLeast(Duration least, Duration found, String key) {
        if (found.compareTo(least) < 0) {
            throw new StartRefused("camelbell.http." + key + " is " + found.toMillis() + "ms: set it to "
                    + least.toMillis() + "ms or more.");
        }
    }
}
