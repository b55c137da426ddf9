package camelbell.channel.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts together what a route file has set as variables, each by its name; so no text can break out of its field. What has no value is left out. */
@Component("httpBody")
class HttpBodies {

    private final JsonMapper mapper = new JsonMapper();

    /** As an HTML form, in UTF-8 (application/x-www-form-urlencoded). */
    public HttpBody form(Map<String, Object> fields) {
        String form = new TreeMap<>(fields)
                .entrySet().stream()
                        .filter(field -> field.getValue() != null)
                        .map(field -> encoded(field.getKey()) + "=" + encoded(String.valueOf(field.getValue())))
                        .collect(Collectors.joining("&"));
        return new HttpBody("application/x-www-form-urlencoded", form);
    }

    /**
     * As a JSON object; a dot in a name opens an object within, so {@code data.ticket} is {@code {"data":{"ticket":…}}}.
     * Numbers and truth values stay what they are. Errors: {@link IllegalArgumentException} for a name that is a value and
     * an object at once.
     */
    public HttpBody json(Map<String, Object> fields) throws JsonProcessingException {
        Map<String, Object> object = new LinkedHashMap<>();
        new TreeMap<>(fields).forEach((name, value) -> {
            if (value != null) {
                put(object, name, name, plain(value));
            }
        });
        return new HttpBody("application/json", mapper.writeValueAsString(object));
    }

    private static Object plain(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }

    private static void put(Map<String, Object> object, String path, String name, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            if (object.putIfAbsent(path, value) != null) {
                throw new IllegalArgumentException("variable " + name + " is a value and an object at once");
            }
            return;
        }
        put(inner(object, path.substring(0, dot), name), path.substring(dot + 1), name, value);
    }

    @SuppressWarnings("unchecked") // only put() makes maps here
    private static Map<String, Object> inner(Map<String, Object> object, String key, String name) {
        Object inner = object.computeIfAbsent(key, any -> new LinkedHashMap<String, Object>());
        if (inner instanceof LinkedHashMap<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("variable " + name + " is a value and an object at once");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
