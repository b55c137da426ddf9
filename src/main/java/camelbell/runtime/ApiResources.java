package camelbell.runtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The paths below /api/, read from the REST routes that have started: who adds an operation in YAML gets its 404, 405
 * and OPTIONS with it. Words for OPTIONS stand in api-options.json.
 */
@Component("apiResources")
class ApiResources {

    private final ObjectProvider<CamelContext> camel;
    private final JsonObject words;
    private volatile @Nullable List<ApiResource> known;

    ApiResources(ObjectProvider<CamelContext> camel) throws IOException {
        this.camel = camel;
        try (InputStream file = new ClassPathResource("api-options.json").getInputStream()) {
            this.words = new JsonObject(Buffer.buffer(file.readAllBytes()));
        }
    }

    /** The resource at this path, or null. Called once Camel has started. */
    @Nullable
    ApiResource at(String path) {
        List<ApiResource> resources = known;
        if (resources == null) {
            resources = read();
            known = resources;
        }
        return resources.stream()
                .filter(resource -> resource.path().matcher(path).matches())
                .findFirst()
                .orElse(null);
    }

    private List<ApiResource> read() {
        PlatformHttpComponent http = camel.getObject().getComponent("platform-http", PlatformHttpComponent.class);
        Map<String, TreeSet<String>> verbs = new TreeMap<>();
        for (HttpEndpointModel endpoint : http.getHttpEndpoints()) {
            String path = ("/" + endpoint.getUri() + "/").replaceAll("/+", "/");
            if (path.startsWith("/api/")) {
                verbs.computeIfAbsent(path, key -> new TreeSet<>())
                        .addAll(List.of(endpoint.getVerbs().split(",")));
            }
        }
        // literal paths before those with {parameters}
        return verbs.entrySet().stream()
                .map(entry -> new ApiResource(pattern(entry.getKey()), entry.getValue(), describe(entry.getKey())))
                .sorted((one, other) -> Boolean.compare(
                        one.path().pattern().contains("["),
                        other.path().pattern().contains("[")))
                .toList();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(path.replaceAll("\\{[^/}]+}", "[^/.]+"));
    }

    private JsonObject describe(String path) {
        String last = path.substring(path.lastIndexOf('/', path.length() - 2) + 1, path.length() - 1)
                .replace('_', ' ');
        JsonObject own = words.getJsonObject("resources").getJsonObject(path, new JsonObject());
        JsonObject description = new JsonObject()
                .put("name", last.substring(0, 1).toUpperCase(Locale.ROOT) + last.substring(1))
                .put("description", "")
                .mergeIn(words.getJsonObject("all"))
                .mergeIn(own);
        if (own.containsKey("actions")) {
            description.put("actions", new JsonObject().put("POST", words.getJsonObject("notification")));
        }
        return description;
    }
}
