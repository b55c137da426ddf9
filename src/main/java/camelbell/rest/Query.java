package camelbell.api;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query string as Django reads and writes it: of a repeated parameter the last one counts, links keep every other
 * parameter, sorted by name.
 */
record Query(Map<String, List<String>> parameters) {

    static Query of(String raw) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] sides = pair.split("=", 2);
                String value = sides.length == 2 ? decode(sides[1]) : "";
                parameters
                        .computeIfAbsent(decode(sides[0]), name -> new ArrayList<>())
                        .add(value);
            }
        }
        return new Query(parameters);
    }

    /** The last value, or null when the parameter is absent. */
    @Nullable
    String last(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** The last value, empty when the parameter is absent. */
    String text(String name) {
        String value = last(name);
        return value == null ? "" : value;
    }

    /** This query with one parameter replaced, or left out when the value is null; with its question mark. */
    String with(String name, @Nullable String value) {
        Map<String, List<String>> changed = new TreeMap<>(parameters);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, List.of(value));
        }
        String text = changed.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(one -> encode(entry.getKey()) + "=" + encode(one)))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** As Python's quote_plus. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
