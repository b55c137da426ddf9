package camelbell.runtime;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How the public port behaves.
 *
 * @param port TCP port of REST and WebSocket; 0 takes a free one
 * @param allowedOrigins browser origins that may call
 * @param trustedProxies addresses or CIDR ranges whose X-Forwarded-* headers are believed
 * @param workers threads for requests and WebSocket events
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
        Duration drain) {}
