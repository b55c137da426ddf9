package camelbell.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RestRegistry.RestService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The paths of the REST routes that have started: who adds an operation in YAML gets its 404, 405 and OPTIONS with it.
 * Words for OPTIONS below /api/ stand in api-options.json, and beside them the paths whose answers nobody may keep.
 */
@Component("restResources")
class RestResources {

    private final ObjectProvider<CamelContext> camel;
    private final JsonObject words;
    private volatile @Nullable List<RestResource> known;

    RestResources(ObjectProvider<CamelContext> camel) throws IOException {
        this.camel = camel;
        try (InputStream file = new ClassPathResource("api-options.json").getInputStream()) {
            this.words = new JsonObject(Buffer.buffer(file.readAllBytes()));
        }
    }

    /** The resource at this path, its last slash there or not, or null. Called once Camel has started. */
    @Nullable
    RestResource at(String path) {
        List<RestResource> resources = known;
        if (resources == null) {
            resources = read();
            known = resources;
        }
        String whole = path.endsWith("/") ? path : path + "/";
        return resources.stream()
                .filter(resource -> resource.path().matcher(whole).matches())
                .findFirst()
                .orElse(null);
    }

    private List<RestResource> read() {
        Map<String, TreeSet<String>> verbs = new TreeMap<>();
        // not the list of platform-http's endpoints, which holds one verb of each path
        for (RestService service : camel.getObject().getRestRegistry().listAllRestServices()) {
            String below = Objects.requireNonNullElse(service.getUriTemplate(), "");
            String path = ("/" + service.getBasePath() + "/" + below + "/").replaceAll("/+", "/");
            verbs.computeIfAbsent(path, key -> new TreeSet<>())
                    .add(service.getMethod().toUpperCase(Locale.ROOT));
        }
        // literal paths before those with {parameters}
        return verbs.entrySet().stream()
                .map(entry -> new RestResource(
                        pattern(entry.getKey()),
                        entry.getValue(),
                        describe(entry.getKey()),
                        words.getJsonArray("unkept").contains(entry.getKey())))
                .sorted((one, other) -> Boolean.compare(
                        one.path().pattern().contains("["),
                        other.path().pattern().contains("[")))
                .toList();
    }

    private static Pattern pattern(String path) {
        // as in the reference, no id of the API has a dot
        return Pattern.compile(path.replaceAll("\\{[^/}]+}", path.startsWith("/api/") ? "[^/.]+" : "[^/]+"));
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
