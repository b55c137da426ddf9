package camelbell.operations;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query string; of a repeated parameter the last one counts. */
record Parameters(Map<String, String> values) {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    static Parameters of(String raw) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            if (sides.length == 2) {
                values.put(decode(sides[0]), decode(sides[1]));
            }
        }
        return new Parameters(values);
    }

    /** The name of a parameter that holds what the database takes in no text, or null when there is none. */
    @Nullable
    String withNul() {
        return values.entrySet().stream()
                .filter(one -> one.getKey().indexOf('\0') >= 0 || one.getValue().indexOf('\0') >= 0)
                .map(one -> one.getKey().replace("\0", ""))
                .findFirst()
                .orElse(null);
    }

    /** Empty when the parameter is absent. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** The parameter as an id, or null when it is none. */
    @Nullable
    Long id(String name) {
        return number(text(name));
    }

    /** The text as an id, or null when it is none. */
    static @Nullable Long number(String text) {
        return ID.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    /** This query with one parameter replaced, with its question mark. */
    String with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return changed.entrySet().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
