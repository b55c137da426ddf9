package camelbell.api;

import camelbell.rest.Ids;
import camelbell.rest.Query;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call, out of the message headers that {@code HeaderFilter} lets in.
 *
 * @param user the caller, whose token has been checked
 * @param tokenExpiry when that token ends
 * @param address the called address without its query, as the caller sees it
 * @param id the number in the path, null when there is none that fits
 */
record ApiCall(long user, Instant tokenExpiry, String address, @Nullable Long id, Query query) {

    static ApiCall of(Map<String, Object> headers) {
        return new ApiCall(
                Long.parseLong(text(headers, "HubUser")),
                Instant.parse(text(headers, "HubTokenExpiry")),
                text(headers, "HubOrigin") + text(headers, "CamelHttpPath"),
                Ids.of(text(headers, "id")),
                Query.of(text(headers, "CamelHttpRawQuery")));
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }
}
