package camelbell.channel.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has answered.
 *
 * @param headers by their names in lower case
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** What stands there in a JSON answer, a word or a number; empty for anything else. */
    String at(JsonPointer pointer) {
        try {
            JsonNode answer = JSON.readTree(body);
            JsonNode found = answer == null ? MissingNode.getInstance() : answer.at(pointer);
            return found.isTextual() || found.isNumber() ? found.asText() : "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    /** Answers may quote what was sent. */
    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + "]";
    }
}
