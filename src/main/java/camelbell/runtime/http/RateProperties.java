package camelbell.runtime.http;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many requests and handshakes one caller may make on one node: a steady rate, and a burst above it. A rate of 0
 * means no limit.
 *
 * @param perUser requests per second of one user, by the checked token
 * @param userBurst requests of one user at once
 * @param perAddress requests per second from one address
 * @param addressBurst requests from one address at once
 * @param refusedHandshakes refused WebSocket handshakes per second from one address
 * @param refusedBurst refused WebSocket handshakes from one address at once
 * @param remembered users, and addresses, whose use is known at once; the longest idle are forgotten first
 */
@ConfigurationProperties("camelbell.http.rate")
record RateProperties(
        int perUser,
        int userBurst,
        int perAddress,
        int addressBurst,
        int refusedHandshakes,
        int refusedBurst,
        int remembered) {}
