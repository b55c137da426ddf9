package camelbell.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides on WebSocket handshakes, before any upgrade. Called on a worker thread, so it may ask the database.
 * What it throws is answered with 503.
 */
public interface Handshakes {

    Decision judge(Handshake handshake);

    /**
     * What a client says when it knocks at {@code /ws/notifications/}.
     *
     * @param address the client's address, behind trusted proxies the one that they name
     * @param origin the {@code Origin} header, absent for clients that are no browsers; several in one, by commas
     * @param authorization every {@code Authorization} header
     * @param query every query parameter with all its values
     */
    record Handshake(
            String address, @Nullable String origin, List<String> authorization, Map<String, List<String>> query) {}

    /** What becomes of a handshake. */
    sealed interface Decision {

        /**
         * Upgrade.
         *
         * @param user whose token it was
         * @param headers become message headers of every exchange of this connection, and nothing else that the client
         *     sent does
         */
        record Open(long user, Map<String, String> headers) implements Decision {}

        /** No upgrade: 401, or 403 for the origin, with {@code {"detail": …}} as its body. */
        record Refuse(int status, String detail) implements Decision {}

        /** Upgrade, then close at once, so that a browser can read why. The route sees nothing of it. */
        record OpenThenClose(int code, String reason) implements Decision {}
    }
}
