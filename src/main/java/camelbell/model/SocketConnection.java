package camelbell.model;

import java.time.Duration;

/**
 * One client's open WebSocket. Every method may be called from any thread, returns at once, and does nothing when the
 * client is gone.
 */
public interface SocketConnection {

    /** Names the connection on its node, for as long as it is open. */
    String key();

    /** Whether frames still go out; false for good once either side has closed. */
    boolean open();

    /** Takes what the client says from now on; until then its frames wait in the network. */
    void listen();

    /** Queues one text frame behind those that were sent before. */
    void send(String text);

    /** Bytes queued and not yet taken by the network: how far the reader is behind. A short frame counts as what it costs. */
    long backlog();

    /**
     * Whether the client reads fast enough to be sent more. False from the moment it is a limit behind until it has read
     * half of that, and while all clients together are too far behind and this one has something to read.
     */
    boolean hasCapacity();

    /** How long the client has been a limit behind, without a pause; zero when it is not. */
    Duration behind();

    /** Sends a protocol ping. */
    void ping();

    /** Since when nothing at all has come from the client; zero while it is not listened to. */
    Duration silence();

    /** Sends the close frame, and cuts the connection when the client does not take it within two seconds. */
    default void close(int code, String reason) {
        close(code, reason, Duration.ofSeconds(2));
    }

    /**
     * Sends the close frame behind what is queued, and cuts the connection when the client has not taken it all in time.
     *
     * @param patience longest wait for a client that still has something to read
     */
    void close(int code, String reason, Duration patience);
}
