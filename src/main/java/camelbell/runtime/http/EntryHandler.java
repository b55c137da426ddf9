package camelbell.runtime.http;

import camelbell.model.Origins;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * What every request to the public port passes first: the limits of its address and time, security headers and CORS. HEAD goes on
 * as GET (the server leaves the body out), and a path under /api/ or /webhooks/, or the WebSocket's, without its last slash
 * as one with it.
 */
@Component("entryHandler")
public class EntryHandler implements Handler<RoutingContext> {

    private static final String ENTERED = "entered";
    private static final String HEAD = "head";

    private final Origins origins;
    private final Duration bodyTimeout;
    private final RequestCount underWay;
    private final RequestWaits waits;
    private final RateLimits rates;
    private final Connections connections;

    EntryHandler(
            HttpProperties http,
            Origins origins,
            RequestCount underWay,
            RequestWaits waits,
            RateLimits rates,
            Connections connections) {
        this.origins = origins;
        this.bodyTimeout = http.bodyTimeout();
        this.underWay = underWay;
        this.waits = waits;
        this.rates = rates;
        this.connections = connections;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.get(ENTERED) == null) {
            context.put(ENTERED, true);
            underWay.count(context);
            waits.whenAnswered(context);
            protect(context);
            limitBody(context);
            if (refusesBody(context) || rates.stopsAddress(context) || connections.stopsForwarded(context)) {
                return;
            }
            if (isOtherSpelling(context)) {
                HttpErrors.answer(context, HttpError.UNKNOWN_PATH);
                return;
            }
            if (rerouted(context)) {
                return;
            }
        }
        protect(context);
        if (isPreflight(context.request())) {
            context.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .end();
        } else {
            context.next();
        }
    }

    /**
     * True for a request below {@code /ws/} that announces a body: nothing there takes one, and it would be held for as
     * long as it drips. It is refused before anything of it is read, and its connection ends.
     */
    private static boolean refusesBody(RoutingContext context) {
        MultiMap headers = context.request().headers();
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        boolean announced = headers.contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
        if (!announced || !context.normalizedPath().startsWith("/ws/")) {
            return false;
        }
        UnreadBody.closeAfterAnswer(context);
        HttpErrors.answer(context, HttpError.BODY_TOO_LARGE);
        return true;
    }

    private void limitBody(RoutingContext context) {
        if (!context.request().isEnded() && !context.normalizedPath().startsWith("/ws/")) {
            BodyWait.begin(context, bodyTimeout);
        }
    }

    /** True when the client asked by HEAD, which goes on as GET. */
    public static boolean isHead(RoutingContext context) {
        return context.get(HEAD, false);
    }

    /** True for a doubled slash and for dot segments, which the router would take away: here too they are other paths. */
    private static boolean isOtherSpelling(RoutingContext context) {
        String path = context.request().path();
        return path != null && path.startsWith("/") && slashes(path) != slashes(context.normalizedPath());
    }

    private static long slashes(String path) {
        return path.chars().filter(c -> c == '/').count();
    }

    private static boolean rerouted(RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpMethod method = HttpMethod.HEAD.equals(request.method()) ? HttpMethod.GET : request.method();
        String path = request.path();
        String whole = isServedBySlash(path) && !path.endsWith("/") ? path + "/" : path;
        if (method.equals(request.method()) && whole.equals(path)) {
            return false;
        }
        context.put(HEAD, HttpMethod.HEAD.equals(request.method()));
        context.reroute(method, request.query() == null ? whole : whole + "?" + request.query());
        return true;
    }

    private static boolean isServedBySlash(String path) {
        return path.startsWith("/api/") || path.startsWith("/webhooks/") || path.equals("/ws/notifications");
    }

    private void protect(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Vary", "Origin");
        if (context.normalizedPath().startsWith("/u/")) {
            // here, since Camel lets no route answer with this header: the address is a right, the page names its
            // person
            response.putHeader("Cache-Control", "no-store");
        }
        if (underWay.draining()) {
            response.putHeader("Connection", "close");
        }
        String origin = context.request().getHeader("Origin");
        if (isForEveryPage(context.normalizedPath())) {
            showToEveryPage(context);
        } else if (origin != null && origins.allow(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", "Retry-After");
            if (isPreflight(context.request())) {
                allowCalls(response);
            }
        }
    }

    /** The bell is a part of pages of any origin: files without a secret, and no cookie or token is looked at there. */
    private static boolean isForEveryPage(String path) {
        return path.equals("/bell") || path.startsWith("/bell/");
    }

    /** The same answer whoever asks, so that what keeps it need not keep one for each origin. */
    private static void showToEveryPage(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.headers().remove("Vary");
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
        if (isPreflight(context.request())) {
            response.putHeader("Access-Control-Allow-Headers", "*")
                    .putHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                    .putHeader("Access-Control-Max-Age", "86400");
        }
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return HttpMethod.OPTIONS.equals(request.method())
                && request.headers().contains("Access-Control-Request-Method");
    }

    private static void allowCalls(HttpServerResponse response) {
        response.putHeader(
                        "Access-Control-Allow-Headers",
                        "accept, accept-encoding, authorization, content-type, dnt, origin, user-agent, x-csrftoken,"
                                + " x-requested-with")
                .putHeader("Access-Control-Allow-Methods", "DELETE, GET, OPTIONS, PATCH, POST, PUT")
                .putHeader("Access-Control-Max-Age", "86400");
    }
}
