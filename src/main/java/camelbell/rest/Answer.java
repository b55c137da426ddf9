package camelbell.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an operator's route answers.
 *
 * @param json the body, UTF-8, snake_case
 * @param retryAfter seconds until the same call may do better, 0 for an answer that is final
 */
record Answer(int status, byte[] json, int retryAfter) {

    private static final int SOON = 2;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule().addSerializer(Instant.class, new Times()))
            .build();

    static Answer ok(Object body) {
        return of(200, body);
    }

    static Answer forbidden() {
        return of(403, Map.of("detail", "You do not have permission to perform this action."));
    }

    static Answer notFound() {
        return of(404, Map.of("detail", "Not found."));
    }

    /** The complaint about one parameter, as a sentence. */
    static Answer invalid(String parameter, String complaint) {
        return of(400, Map.of(parameter, List.of(complaint)));
    }

    /** There was something, and it is there no more. */
    static Answer gone(String sentence) {
        return of(410, Map.of("detail", sentence));
    }

    /** It cannot be done as things stand. */
    static Answer conflict(String sentence) {
        return of(409, Map.of("detail", sentence));
    }

    /** Others are at it; the same call may be made again. */
    static Answer busy() {
        return of(
                503,
                Map.of(
                        "detail", "Temporarily unavailable.",
                        "code", "unavailable",
                        "docs", "/api/docs/reference/errors#unavailable"),
                SOON);
    }

    private static Answer of(int status, Object body) {
        return of(status, body, 0);
    }

    private static Answer of(int status, Object body, int retryAfter) {
        try {
            return new Answer(status, MAPPER.writeValueAsBytes(body), retryAfter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + body.getClass().getSimpleName() + " as JSON", e);
        }
    }

    private static final class Times extends JsonSerializer<Instant> {

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(time.toString());
        }
    }
}
