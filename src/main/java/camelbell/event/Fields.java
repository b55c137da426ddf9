package camelbell.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Typed, checked access to the fields of one JSON object. Every complaint carries the field's JSON pointer.
 *
 * @param pointer RFC 6901 pointer of this object
 */
record Fields(JsonNode node, String pointer) {

    private static final int MAX_PEOPLE = 10_000;

    Fields object(String name) {
        JsonNode value = required(name);
        if (!value.isObject()) {
            throw invalid(name, "must be an object");
        }
        return new Fields(value, pointer + "/" + name);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /**
     * An object that travels as base64 of its JSON text, in place of the field {@code plain}; what is wrong inside it is
     * named as if it had travelled there.
     */
    Fields packed(String name, String plain) {
        if (has(plain)) {
            throw invalid(name, "stands beside /" + plain + ", and only one of them may be there");
        }
        try {
            JsonNode value = StrictJson.inner(Base64.getDecoder().decode(text(name)));
            if (value.isObject()) {
                return new Fields(value, pointer + "/" + plain);
            }
        } catch (IllegalArgumentException e) {
            // said below, without the value
        } catch (MalformedTicketEventException e) {
            throw invalid(name, "must be base64 of one JSON object: " + e.detail());
        }
        throw invalid(name, "must be base64 of one JSON object");
    }

    String text(String name) {
        return text(name, required(name));
    }

    /** A text of 1 to {@code most} characters, none of them a control character: for identifiers. */
    String identifier(String name, int most) {
        String value = text(name);
        boolean control = hasControl(required(name).textValue()); // before NULs are dropped
        if (value.isBlank() || value.length() > most || control) {
            throw invalid(name, "must be 1 to " + most + " characters without control characters");
        }
        return value;
    }

    String oneOf(String name, Set<String> allowed) {
        String value = text(name);
        if (!allowed.contains(value)) {
            throw invalid(name, "must be one of " + allowed);
        }
        return value;
    }

    @Nullable
    String optionalText(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : text(name, value);
    }

    /**
     * Text, number or truth as a text; null where there is none of them, whatever there is: nobody promised the field. Numbers
     * are in plain notation, without zeros at their end, so that they are equal to others; one that no double holds is none.
     */
    @Nullable
    String scalar(String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isValueNode() || value.isNull() || hasLoneSurrogate(value.asText())) {
            return null;
        }
        if (value.isDouble()) {
            return Double.isFinite(value.doubleValue()) ? plain(value.doubleValue()) : null;
        }
        return value.asText().replace("\0", "");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    long id(String name) {
        return id(name, required(name));
    }

    @Nullable
    Long optionalId(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : id(name, value);
    }

    /** Ids without repetition, in their order; none when the field is absent. */
    List<Long> optionalIds(String name) {
        JsonNode values = node.get(name);
        if (values == null || values.isNull()) {
            return List.of();
        }
        if (!values.isArray() || values.size() > MAX_PEOPLE) {
            throw invalid(name, "must be an array of at most " + MAX_PEOPLE + " ids");
        }
        Set<Long> ids = new LinkedHashSet<>();
        for (int i = 0; i < values.size(); i++) {
            ids.add(id(name + "/" + i, values.get(i)));
        }
        return List.copyOf(new ArrayList<>(ids));
    }

    Instant time(String name) {
        return time(name, text(name));
    }

    @Nullable
    Instant optionalTime(String name) {
        String value = optionalText(name);
        return value == null ? null : time(name, value);
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new MalformedTicketEventException(
                    ErrorCode.MISSING_FIELD, pointer + "/" + name, "is required, but absent or null");
        }
        return value;
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw invalid(name, "must be a string");
        }
        String text = value.textValue();
        if (hasLoneSurrogate(text)) {
            throw invalid(name, "holds half of a surrogate pair");
        }
        return text.replace("\0", ""); // PostgreSQL stores no NUL
    }

    private long id(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
            throw invalid(name, "must be a whole number from 1 to 2^63-1");
        }
        return value.longValue();
    }

    private Instant time(String name, String value) {
        Instant time = EventTime.of(value);
        if (time == null) {
            throw invalid(name, "must be an RFC 3339 time with an offset, of the years 1 to 9999 in UTC");
        }
        return time;
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (Character.isSurrogate(one)) {
                boolean pair = Character.isHighSurrogate(one)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private MalformedTicketEventException invalid(String name, String rule) {
        return new MalformedTicketEventException(ErrorCode.INVALID_FIELD, pointer + "/" + name, rule);
    }
}
