package camelbell.runtime.http;

/**
 * The errors that the public port answers of itself, each with a stable code. What the Django reference answers too
 * (401, 405, a format or row that does not exist) keeps the reference's body, without a code.
 */
public enum HttpError {
    BAD_REQUEST(400, "bad_request", "Bad request."),
    NO_UPGRADE(400, "no_upgrade", "Can upgrade only to WebSocket."),
    HANDSHAKE_REFUSED(401, "handshake_refused", "Authentication credentials were not provided."),
    ORIGIN_REFUSED(403, "origin_refused", "Origin not allowed."),
    UNKNOWN_PATH(404, "unknown_path", "Not found."),
    NOT_ACCEPTABLE(406, "not_acceptable", "Could not satisfy the request Accept header."),
    TOO_SLOW(408, "too_slow", "Request timed out."),
    BODY_TOO_LARGE(413, "body_too_large", "Request body too large."),
    ADDRESS_TOO_LONG(414, "address_too_long", "Request address too long."),
    MEDIA_TYPE(415, "media_type", "Unsupported media type in request."),
    THROTTLED(429, "throttled", "Request was throttled."),
    TOO_MUCH_AT_ONCE(429, "too_much_at_once", "Too much at once from this address."),
    HEADERS_TOO_LARGE(431, "headers_too_large", "Request headers too large."),
    SERVER_ERROR(500, "server_error", "A server error occurred."),
    STOPPING(503, "stopping", "This node is stopping."),
    FULL(503, "full", "This node has as many connections as it may have."),
    OVERLOADED(503, "overloaded", "This node has as much under way as it may have."),
    UNAVAILABLE(503, "unavailable", "Temporarily unavailable.");

    private static final String DOCS = "/api/docs/reference/errors#";

    private final int status;
    private final String code;
    private final String detail;

    HttpError(int status, String code, String detail) {
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    public String code() {
        return code;
    }

    String detail() {
        return detail;
    }

    /** Where the hub explains the code, on its own port. */
    public String docs() {
        return DOCS + code;
    }
}
