package camelbell.runtime.http;

import camelbell.model.CallbackSignatures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Reads the bodies of requests, the last step before a route: path, method and token have been looked at by now. What a
 * head alone refuses (length, a signature that cannot be good) is refused before a byte is read, and what is read stays
 * within a budget. In place of Vert.x' BodyHandler, which knows no such budget and takes forms apart.
 */
@Component("requestBodyHandler")
class RequestBodyHandler implements Handler<RoutingContext> {

    private static final String COME = "body-has-come";

    private final long usual;
    private final long callback;
    private final BodyMemory callbacks;
    private final BodyMemory others;
    private final Proxies proxies;
    private final Refusals refusals;
    private final ObjectProvider<CallbackSignatures> signatures;

    RequestBodyHandler(
            HttpProperties http,
            HttpLimits limits,
            Proxies proxies,
            Refusals refusals,
            ObjectProvider<CallbackSignatures> signatures,
            MeterRegistry meters) {
        this.usual = http.maxBody().toBytes();
        this.callback = http.maxWebhookBody().toBytes();
        this.callbacks = new BodyMemory(
                limits.bodies().toBytes(), limits.bodiesPerAddress().toBytes());
        this.others = new BodyMemory(
                limits.apiBodies().toBytes(), limits.apiBodiesPerAddress().toBytes());
        this.proxies = proxies;
        this.refusals = refusals;
        this.signatures = signatures;
        Gauge.builder("camelbell.http.bodies", () -> callbacks.used() + others.used())
                .description("Request bodies in memory")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isCallback = context.normalizedPath().startsWith("/webhooks/");
        long limit = isCallback ? callback : usual;
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        String stated = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = chunked || stated == null ? 0 : Long.parseLong(stated); // the decoder lets only numbers through
        if (isCallback && request.method().name().equals("POST") && isForged(request)) {
            UnreadBody.closeAfterAnswer(context);
            HttpErrors.answer(context, 401, "The signature is missing or wrong.");
        } else if (length > limit) {
            refusals.refuse(context, HttpError.BODY_TOO_LARGE);
        } else if (!chunked && length == 0) {
            context.put(COME, true);
            context.next();
        } else {
            BodyMemory memory = isCallback ? callbacks : others;
            read(context, new Body(context, proxies.network(context), memory, limit, refusals));
        }
    }

    /** True when the request has come to its end, and been passed on. */
    static boolean hasCome(RoutingContext context) {
        return context.get(COME, false);
    }

    private boolean isForged(HttpServerRequest request) {
        CallbackSignatures known = signatures.getIfAvailable();
        return known != null && !known.couldBeGood(request.getHeader("X-Hub-Signature-256"));
    }

    private static void read(RoutingContext context, Body body) {
        HttpServerRequest request = context.request();
        BodyWait.anew(context);
        context.addEndHandler(answered -> body.drop());
        if (!body.begin()) {
            return;
        }
        String expected = request.getHeader(HttpHeaders.EXPECT);
        request.headers().remove(HttpHeaders.EXPECT); // no message header
        if (HttpHeaderValues.CONTINUE.toString().equalsIgnoreCase(expected)
                && request.version() != HttpVersion.HTTP_1_0) {
            context.response().writeContinue();
        }
        request.exceptionHandler(body::failed)
                .handler(body::take)
                .endHandler(whole -> {
                    context.put(COME, true);
                    body.pass();
                })
                .resume();
    }
}
