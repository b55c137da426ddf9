package camelbell.rest;

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
public record Query(Map<String, List<String>> parameters) {

    public static Query of(String raw) {
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
    public @Nullable String last(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** Of these parameters alone, each with the value that counts. */
    public static Query ofEach(Map<String, String> values) {
        Map<String, List<String>> parameters = new TreeMap<>();
        values.forEach((name, value) -> parameters.put(name, List.of(value)));
        return new Query(parameters);
    }

    /** All values that count, by name. */
    public Map<String, String> each() {
        Map<String, String> values = new TreeMap<>();
        parameters.forEach((name, all) -> values.put(name, all.get(all.size() - 1)));
        return values;
    }

    /** The name of a parameter that holds what the database takes in no text, or null when there is none. */
    public @Nullable String withNul() {
        return each().entrySet().stream()
                .filter(one -> one.getKey().indexOf('\0') >= 0 || one.getValue().indexOf('\0') >= 0)
                .map(one -> one.getKey().replace("\0", ""))
                .findFirst()
                .orElse(null);
    }

    /** The last value as an id, or null when it is none. */
    public @Nullable Long id(String name) {
        return Ids.of(text(name));
    }

    /** The last value, empty when the parameter is absent. */
    public String text(String name) {
        String value = last(name);
        return value == null ? "" : value;
    }

    /** This query with one parameter replaced, or left out when the value is null; with its question mark. */
    public String with(String name, @Nullable String value) {
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
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }

    /** As Python's quote_plus. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
