package camelbell.dev.playground;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Lets the page itself in, and people who open it. Any other site's script, in a browser on this machine, reads no token and
 * presses no button: a name that leads here (DNS rebinding) is a foreign Host, a request from another page has a foreign
 * Origin or says {@code Sec-Fetch-Site}. Tools that send neither may do what the page does.
 */
final class OwnPageOnly implements Handler<RoutingContext> {

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final String host;
    private final Set<String> otherSpellings;

    OwnPageOnly(int port) {
        host = "localhost:" + port;
        otherSpellings = Set.of("127.0.0.1:" + port, "[::1]:" + port);
    }

    @Override
    public void handle(RoutingContext call) {
        HttpServerRequest request = call.request();
        String asked = request.getHeader("Host");
        boolean page = request.method().equals(HttpMethod.GET) && isPage(call.normalizedPath());
        if (page && asked != null && otherSpellings.contains(asked)) {
            // the hub lets one origin call it
            call.response()
                    .setStatusCode(307)
                    .putHeader("Location", "http://" + host + request.uri())
                    .end();
        } else if (!host.equals(asked)) {
            refuse(call, "This is http://" + host + "/ alone, and was asked for as another host.");
        } else if (!page && isForeign(request)) {
            refuse(call, "Only the page of http://" + host + "/ may ask for this.");
        } else {
            call.next();
        }
    }

    static boolean isPage(String path) {
        return path.equals("/") || path.startsWith("/tickets/");
    }

    private boolean isForeign(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        return (origin != null && !origin.equals("http://" + host)) || (site != null && !OWN_SITES.contains(site));
    }

    private static void refuse(RoutingContext call, String why) {
        call.response()
                .setStatusCode(403)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
