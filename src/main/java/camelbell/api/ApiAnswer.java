package camelbell.api;

import java.util.List;
import java.util.Map;

/**
 * What a REST route answers.
 *
 * @param json the body, UTF-8
 * @param announced whose inbox has changed by it, for the other nodes and devices
 */
record ApiAnswer(int status, byte[] json, List<Long> announced) {

    static ApiAnswer ok(Object body) {
        return new ApiAnswer(200, ApiJson.bytes(body), List.of());
    }

    static ApiAnswer notFound(String detail) {
        return new ApiAnswer(404, ApiJson.bytes(Map.of("detail", detail)), List.of());
    }

    /** The complaints by field, each a list of sentences. */
    static ApiAnswer invalid(Map<String, List<String>> complaints) {
        return new ApiAnswer(400, ApiJson.bytes(complaints), List.of());
    }

    ApiAnswer announcing(long user) {
        return new ApiAnswer(status, json, List.of(user));
    }
}
