package camelbell.runtime.http;

import camelbell.model.Budget;
import camelbell.model.TokenCheck;
import camelbell.model.TokenCheck.Accepted;
import camelbell.model.TokenCheck.Refusal;
import camelbell.model.TokenChecker;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who may call /api/, in the order of Django REST Framework: known path (404), a format we speak (404, 406), a good token
 * (401), not too often (429), OPTIONS, an allowed method (405). Behind it the route knows the caller as the header HubUser,
 * and {@link TurnHandler} whose turn it is.
 */
@Component("authenticationHandler")
class AuthenticationHandler implements Handler<RoutingContext> {

    private static final Logger log = LoggerFactory.getLogger(AuthenticationHandler.class);
    private static final Refusal NO_TOKEN = new Refusal("Authentication credentials were not provided.", "", null);
    private static final Refusal BAD_HEADER = new Refusal(
            "Authorization header must contain two space-delimited values", "bad_authorization_header", null);

    private final Vertx vertx;
    private final Proxies proxies;
    private final RestResources resources;
    private final TokenChecker checker;
    private final RateLimits rates;

    AuthenticationHandler(
            Vertx vertx, Proxies proxies, RestResources resources, TokenChecker checker, RateLimits rates) {
        this.vertx = vertx;
        this.proxies = proxies;
        this.resources = resources;
        this.checker = checker;
        this.rates = rates;
    }

    @Override
    public void handle(RoutingContext context) {
        RestResource resource = resources.at(context.normalizedPath());
        if (resource == null) {
            HttpErrors.answer(context, HttpError.UNKNOWN_PATH);
            return;
        }
        context.response().putHeader("Allow", resource.allow()).putHeader("Vary", "Accept, Origin");
        List<String> formats = context.queryParams().getAll("format");
        if (!formats.isEmpty() && !List.of("", "json").contains(formats.get(formats.size() - 1))) {
            HttpErrors.answer(context, 404, "Not found.");
        } else if (!acceptsJson(context.parsedHeaders().accept())) {
            HttpErrors.answer(context, HttpError.NOT_ACCEPTABLE);
        } else {
            authenticate(context, resource);
        }
    }

    private static boolean acceptsJson(List<MIMEHeader> accepted) {
        return accepted.isEmpty()
                || accepted.stream()
                        .map(range -> range.rawValue().split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .anyMatch(range -> List.of("*/*", "application/*", "application/json")
                                .contains(range));
    }

    private void authenticate(RoutingContext context, RestResource resource) {
        List<String> lines = context.request().headers().getAll("Authorization");
        String[] words = lines.size() == 1 ? lines.get(0).strip().split("\\s+") : new String[0];
        if (words.length == 0 || !words[0].equals("Bearer")) {
            refuse(context, NO_TOKEN);
        } else if (words.length != 2) {
            refuse(context, BAD_HEADER);
        } else {
            check(context, resource, words[1]);
        }
    }

    private void check(RoutingContext context, RestResource resource, String token) {
        TokenCheck atOnce = checker.checkAtOnce(token);
        if (atOnce != null) {
            judge(context, resource, atOnce);
            return;
        }
        HttpServerRequest request = context.request().pause();
        vertx.executeBlocking(() -> Budget.SOCKETS.get(() -> checker.check(token)), false)
                .onComplete(done -> {
                    request.resume();
                    if (context.response().closed()) {
                        return; // handlers that give something back at the end would not be told of an end that is past
                    }
                    if (done.failed()) {
                        log.error("token check failed; the client gets 503 and may try again", done.cause());
                        HttpErrors.answer(context, HttpError.UNAVAILABLE);
                    } else {
                        judge(context, resource, done.result());
                    }
                });
    }

    private void judge(RoutingContext context, RestResource resource, TokenCheck check) {
        if (check instanceof TokenCheck.Expired expired) {
            refuse(context, expired.refusal());
        } else if (check instanceof TokenCheck.Rejected rejected) {
            refuse(context, rejected.refusal());
        } else if (check instanceof Accepted caller
                && !rates.stopsUser(context, caller.user().id())) {
            admit(context, resource, caller);
        }
    }

    private void admit(RoutingContext context, RestResource resource, Accepted caller) {
        String origin = proxies.origin(context.request());
        String method = context.request().method().name();
        if (origin == null) {
            HttpErrors.answer(context, HttpError.BAD_REQUEST);
        } else if (method.equals("OPTIONS")) {
            HttpErrors.answer(context, 200, resource.description());
        } else if (!resource.methods().contains(method)) {
            HttpErrors.answer(context, 405, "Method \"" + method + "\" not allowed.");
        } else {
            if (resource.unkept()) {
                // here, since Camel lets no route answer with this header
                context.response().putHeader("Cache-Control", "no-store");
            }
            HeaderFilter.introduce(context, caller, origin);
            TurnHandler.of(context, caller.user().id());
            context.next();
        }
    }

    private static void refuse(RoutingContext context, Refusal refusal) {
        JsonObject body = new JsonObject().put("detail", refusal.detail());
        if (!refusal.code().isEmpty()) {
            body.put("code", refusal.code());
        }
        if (refusal.tokenMessage() != null) {
            body.put("messages", new JsonArray().add(message(refusal.tokenMessage())));
        }
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"api\"");
        HttpErrors.answer(context, 401, body);
    }

    private static Map<String, @Nullable Object> message(String text) {
        return new JsonObject()
                .put("token_class", "AccessToken")
                .put("token_type", "access")
                .put("message", text)
                .getMap();
    }
}
