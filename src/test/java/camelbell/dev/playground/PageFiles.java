package camelbell.dev.playground;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page and its parts, read anew each time, so that what is saved and compiled is seen by a reload. */
final class PageFiles {

    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");

    /** Of the operations page: the picture of the routes, and how elements are made of text. */
    private static final String[] FOLDERS = {"playground", "operations"};

    private final String hub;
    private final String policy;

    /** @param reached further addresses of hosts that the page may reach, with their ports, such as localhost:8000 */
    PageFiles(String hub, Iterable<String> reached) {
        this.hub = hub;
        StringBuilder connections = new StringBuilder("'self' ").append(hub);
        reached.forEach(one ->
                connections.append(" http://").append(one).append(" ws://").append(one));
        policy = "default-src 'none'; script-src 'self' " + hub
                + "; style-src 'self'; img-src 'self' data:; connect-src " + connections
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    void mountOn(Router router) {
        router.get("/").handler(this::page);
        router.get("/tickets/:id").handler(this::page);
        for (String folder : FOLDERS) {
            router.get("/" + folder + "/:file").handler(call -> file(folder, call));
        }
    }

    private void page(RoutingContext call) {
        byte[] page = read("playground/index.html");
        String html = page == null ? "" : new String(page, StandardCharsets.UTF_8);
        safe(call)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", policy)
                .end(html.replace("{hub}", hub));
    }

    private static void file(String folder, RoutingContext call) {
        String name = call.pathParam("file");
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] content = type == null || !name.matches("[a-z-]+\\.[a-z]+") ? null : read(folder + "/" + name);
        if (content == null) {
            call.next();
        } else {
            safe(call).putHeader("Content-Type", type).end(Buffer.buffer(content));
        }
    }

    /** For whatever is answered here. */
    static HttpServerResponse safe(RoutingContext call) {
        return call.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = PageFiles.class.getClassLoader().getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
