package camelbell.dev;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What the Cloud API double does instead of its usual answer.
 *
 * @param to digits of the number it is for; null: for every number
 * @param times how many requests it answers; 0: all until the script is cleared
 * @param status HTTP status of the answer; 0: the usual answer (after the delay)
 * @param body JSON of the answer; null with a status: empty
 * @param headers headers of the answer, such as Retry-After
 * @param delayMs milliseconds before anything is answered
 * @param hang never answers
 * @param drip answers with one byte at a time, for ever
 * @param close closes the connection instead of answering
 * @param accepted the message counts as accepted all the same: the provider has it and we never learn
 */
public record ScriptedAnswer(
        @Nullable String to,
        int times,
        int status,
        @Nullable JsonObject body,
        JsonObject headers,
        long delayMs,
        boolean hang,
        boolean drip,
        boolean close,
        boolean accepted) {

    /** Source: the body of {@code POST /script}; {@code code} stands for Meta's status and error body, {@code message} for other words. */
    static ScriptedAnswer from(JsonObject json) {
        int code = json.getInteger("code", 0);
        MetaError error = MetaError.of(code);
        int status = json.getInteger("status", code == 0 ? 0 : error.status());
        JsonObject body = json.getJsonObject("body");
        if (body == null && code != 0) {
            String message = json.getString("message");
            body = (message == null ? error : error.saying(message)).body();
        }
        return new ScriptedAnswer(
                json.getString("to"),
                json.getInteger("times", 1),
                status,
                body,
                json.getJsonObject("headers", new JsonObject()),
                json.getLong("delay_ms", 0L),
                json.getBoolean("hang", false),
                json.getBoolean("drip", false),
                json.getBoolean("close", false),
                json.getBoolean("accepted", false));
    }

    boolean isUsual() {
        return status == 0 && !hang && !drip && !close;
    }
}
