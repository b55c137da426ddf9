package camelbell.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a route over HTTP answers; 88-answer.camel.yaml writes it into the response.
 *
 * @param body UTF-8
 * @param retryAfter seconds until the same call may do better, 0 for an answer that is final
 * @param announced whose inbox has changed by it, for the other nodes and devices
 */
public record Answer(int status, String contentType, byte[] body, int retryAfter, List<Long> announced) {

    private static final String JSON = "application/json";
    private static final int SOON = 2;

    /** Half of what Vert.x takes for a connection before it says that it is full. */
    private static final int AT_ONCE = 32_768;

    /**
     * The body as the response takes it. What fits into the connection goes out at once; what is longer goes piece by piece,
     * as its client takes them, each handed over by a worker: for a short one that would be most of the work.
     */
    public Object content() {
        return body.length <= AT_ONCE ? ByteBuffer.wrap(body) : body;
    }

    /** As JSON. */
    public static Answer ok(Object body) {
        return of(200, body);
    }

    /** As plain text. */
    public static Answer text(String text) {
        return new Answer(200, "text/plain", text.getBytes(StandardCharsets.UTF_8), 0, List.of());
    }

    /** The complaints by field, each a list of sentences. */
    public static Answer invalid(Map<String, List<String>> complaints) {
        return of(400, complaints);
    }

    /** The complaint about one parameter, as a sentence. */
    public static Answer invalid(String parameter, String complaint) {
        return invalid(Map.of(parameter, List.of(complaint)));
    }

    /** Nobody knows who calls. */
    public static Answer unauthorized(String sentence) {
        return detail(401, sentence);
    }

    public static Answer forbidden() {
        return forbidden("You do not have permission to perform this action.");
    }

    public static Answer forbidden(String sentence) {
        return detail(403, sentence);
    }

    public static Answer notFound() {
        return notFound("Not found.");
    }

    public static Answer notFound(String sentence) {
        return detail(404, sentence);
    }

    /** It cannot be done as things stand. */
    public static Answer conflict(String sentence) {
        return detail(409, sentence);
    }

    /** There was something, and it is there no more. */
    public static Answer gone(String sentence) {
        return detail(410, sentence);
    }

    /** Others are at it; the same call may be made again. */
    public static Answer busy() {
        Answer answer = of(
                503,
                Map.of(
                        "detail", "Temporarily unavailable.",
                        "code", "unavailable",
                        "docs", "/api/docs/reference/errors#unavailable"));
        return new Answer(answer.status, JSON, answer.body, SOON, List.of());
    }

    /** The same, telling that this person's inbox has changed. */
    public Answer announcing(long user) {
        return new Answer(status, contentType, body, retryAfter, List.of(user));
    }

    private static Answer detail(int status, String sentence) {
        return of(status, Map.of("detail", sentence));
    }

    private static Answer of(int status, Object body) {
        return new Answer(status, JSON, Json.bytes(body), 0, List.of());
    }
}
