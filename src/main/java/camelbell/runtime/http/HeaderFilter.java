package camelbell.runtime.http;

import camelbell.model.TokenCheck;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The last handler in front of the REST routes: what becomes a Camel message header is listed here, everything else that a
 * client sent is dropped, because Camel's producers act on headers (CVE-2026-46584, CVE-2026-49098) and
 * platform-http repeats them in the response. Query parameters never become headers: beans read
 * {@code CamelHttpRawQuery}. Form fields never do either: without its content type a form is mere bytes.
 */
@Component("headerFilter")
class HeaderFilter implements Handler<RoutingContext> {

    /** Id of the caller, whose token has been checked. */
    private static final String USER = "HubUser";

    /** {@code scheme://host[:port]} as the caller sees the hub. */
    private static final String ORIGIN = "HubOrigin";

    /** When that caller's token ends. */
    private static final String TOKEN_EXPIRY = "HubTokenExpiry";

    private static final String LET_IN = "let-in";
    private static final Set<String> KEPT =
            Set.of("content-length", "transfer-encoding", "host", "connection", "expect", "x-hub-signature-256");

    /** Tells the route who calls, and under which name the hub was called. */
    static void introduce(RoutingContext context, TokenCheck.Accepted caller, String origin) {
        context.put(
                LET_IN,
                Map.of(
                        USER, Long.toString(caller.user().id()),
                        TOKEN_EXPIRY, caller.expiresAt().toString(),
                        ORIGIN, origin));
    }

    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.request().headers();
        List.copyOf(headers.names()).stream()
                .filter(name -> !KEPT.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(headers::remove);
        MultiMap carrier = context.queryParams().clear();
        context.<Map<String, String>>get(LET_IN, Map.of()).forEach(carrier::add);
        context.next();
    }
}
