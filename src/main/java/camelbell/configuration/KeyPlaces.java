package camelbell.configuration;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the keys of a YAML text stand; a parsed tree knows only where values begin, which may be a line below. */
final class KeyPlaces {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final Map<JsonPointer, JsonLocation> places = new HashMap<>();
    private final IdentityHashMap<JsonNode, JsonPointer> pointers = new IdentityHashMap<>();

    /** @param text of which the content was parsed */
    KeyPlaces(String text, JsonNode content) {
        point(content, JsonPointer.empty());
        try (JsonParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    places.put(parser.getParsingContext().pathAsPointer(), parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a text that was parsed before", e);
        }
    }

    /** Of the key whose value the object or list is; null for the whole content and for what stands in a list. */
    @Nullable
    JsonLocation ofValue(JsonNode container) {
        JsonPointer pointer = pointers.get(container);
        return pointer == null ? null : places.get(pointer);
    }

    /** Of one key of an object; null when it has none of that name. */
    @Nullable
    JsonLocation ofKey(JsonNode object, String key) {
        JsonPointer pointer = pointers.get(object);
        return pointer == null ? null : places.get(pointer.appendProperty(key));
    }

    /** Of the key that the pointer ends with. */
    @Nullable
    JsonLocation at(JsonPointer pointer) {
        return places.get(pointer);
    }

    private void point(JsonNode container, JsonPointer here) {
        pointers.put(container, here);
        container.properties().stream()
                .filter(field -> field.getValue().isContainerNode())
                .forEach(field -> point(field.getValue(), here.appendProperty(field.getKey())));
        for (int i = 0; container.isArray() && i < container.size(); i++) {
            if (container.get(i).isContainerNode()) {
                point(container.get(i), here.appendIndex(i));
            }
        }
    }
}
