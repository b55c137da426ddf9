package camelbell.model;

import java.time.Duration;
import java.time.Instant;

/** One-time tickets for the WebSocket handshake, good on every node. */
public interface HandshakeTickets {

    /** How long a ticket may wait for its handshake. */
    Duration LIFE = Duration.ofSeconds(30);

    /** A new ticket for this user, for a connection that ends when the token does that the user came with. */
    String issue(long user, Instant tokenExpiry);

    /** Uses a ticket up. A second time, past its 30 s, or for a user who has gone, it is rejected. */
    TokenCheck redeem(String ticket);
}
