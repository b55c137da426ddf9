package camelbell.operations;

import camelbell.rest.Query;
import java.util.Map;

/**
 * One call of an operator, out of the message headers that {@code HeaderFilter} lets in.
 *
 * @param user the caller, whose token has been checked
 * @param address the called address without its query, as the caller sees it
 * @param id the text in the path, empty when there is none
 */
record AdminCall(long user, String address, String id, Query parameters) {

    static AdminCall of(Map<String, Object> headers) {
        return new AdminCall(
                Long.parseLong(text(headers, "HubUser")),
                text(headers, "HubOrigin") + text(headers, "CamelHttpPath"),
                text(headers, "id"),
                Query.of(text(headers, "CamelHttpRawQuery")));
    }

    /** The address of this call from that cursor on. */
    String next(long cursor) {
        return address + parameters.with("cursor", Long.toString(cursor));
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }
}
