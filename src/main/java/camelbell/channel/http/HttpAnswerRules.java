package camelbell.channel.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one provider's answers mean.
 *
 * @param success statuses that say that the message was taken
 * @param idPointer where its id of the message stands in JSON, or null
 * @param idHeader the header that has it, or empty
 * @param errorCode where its code of an error stands, or null
 * @param dead evidence that nobody is at the address
 */
record HttpAnswerRules(
        Statuses success,
        @Nullable JsonPointer idPointer,
        String idHeader,
        @Nullable JsonPointer errorCode,
        List<String> dead) {

    /** What the database keeps of an id. */
    private static final int LONGEST_ID = 512;

    HttpAnswerRules {
        if (success.ranges().isEmpty()) {
            throw new IllegalArgumentException("success names no status");
        }
        for (String entry : dead) {
            if (!entry.matches("HTTP [1-5][0-9]{2}|CODE [A-Za-z0-9_.-]{1,40}")) {
                throw new IllegalArgumentException("deadAddress has \"" + entry
                        + "\", which is neither HTTP 410 nor CODE and the provider's code");
            }
        }
    }

    boolean taken(HttpAnswer answer) {
        return success.contain(answer.status());
    }

    /** Null where the provider gave none that can be kept: the message was taken all the same. */
    @Nullable
    String id(HttpAnswer answer) {
        String id = idPointer != null
                ? answer.at(idPointer)
                : idHeader.isBlank() ? "" : answer.header(idHeader.strip().toLowerCase(Locale.ROOT));
        return id == null || id.isBlank() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0 ? null : id;
    }

    /** In the words of retries.yaml, the most telling first. */
    List<String> evidence(HttpAnswer answer) {
        List<String> evidence = new ArrayList<>();
        String code = errorCode == null ? "" : answer.at(errorCode);
        if (code.matches("[A-Za-z0-9_.-]{1,40}")) {
            evidence.add("CODE " + code);
        }
        evidence.add("HTTP " + answer.status());
        return evidence;
    }

    boolean saysNobodyIsThere(List<String> evidence) {
        return evidence.stream().anyMatch(dead::contains);
    }
}
