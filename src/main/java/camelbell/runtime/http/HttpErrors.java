package camelbell.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Every error of the public port is JSON with a fixed text: nothing of the request or of an exception is repeated. */
public final class HttpErrors {

    /** Errors that the router itself finds. */
    private static final List<HttpError> ROUTER = List.of(
            HttpError.BAD_REQUEST,
            HttpError.UNKNOWN_PATH,
            HttpError.NOT_ACCEPTABLE,
            HttpError.TOO_SLOW,
            HttpError.BODY_TOO_LARGE,
            HttpError.MEDIA_TYPE,
            HttpError.SERVER_ERROR,
            HttpError.UNAVAILABLE);

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private HttpErrors() {}

    static void answerOn(Router router) {
        ROUTER.forEach(error -> router.errorHandler(error.status(), context -> answer(context, error)));
        router.errorHandler(
                405,
                context -> answer(
                        context, 405, "Method \"" + context.request().method().name() + "\" not allowed."));
    }

    /** True for an address with a percent sign that escapes nothing: whoever decodes it throws. */
    static boolean isBadlyEscaped(HttpServerRequest request) {
        return BAD_ESCAPE.matcher(request.uri()).find();
    }

    /** What cannot be parsed never reaches the router; its connection is of no more use. */
    static void answerUnparsable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        HttpError error = HttpError.BAD_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            error = HttpError.ADDRESS_TOO_LONG;
        } else if (cause instanceof TooLongHttpHeaderException) {
            error = HttpError.HEADERS_TOO_LARGE;
        }
        RequestTurns.of(request).refuse(error);
    }

    /** The rest of the body would come as slowly as it likes; its connection is of no more use. */
    static void tooSlow(RoutingContext context) {
        if (context.response().ended()) {
            var unused = context.request().connection().close();
        } else {
            UnreadBody.closeAfterAnswer(context);
            answer(context, HttpError.TOO_SLOW);
        }
    }

    /** A client that went away in the middle of its request hears no answer; it is no fault of the hub's to be logged. */
    static void leaveToItself(RoutingContext context) {
        if (!(context.failure() instanceof HttpClosedException)) {
            context.next();
        }
    }

    /** A whole answer for where there is no request to answer; the connection is to be closed behind it. */
    static ByteBuf raw(HttpError error) {
        String text = body(error, error.detail()).encode();
        String retry = error.status() == 503 ? "Retry-After: 5\r\n" : "";
        String head =
                "HTTP/1.1 " + HttpResponseStatus.valueOf(error.status()) + "\r\nContent-Type: application/json\r\n"
                        + retry + "Connection: close\r\nContent-Length: " + text.length() + "\r\n\r\n";
        return Unpooled.copiedBuffer(head + text, StandardCharsets.US_ASCII);
    }

    /** In the words of Django REST Framework. */
    static void throttled(RoutingContext context, long seconds) {
        context.response().putHeader("Retry-After", Long.toString(seconds));
        String wait = seconds == 1 ? "1 second." : seconds + " seconds.";
        answer(context, HttpError.THROTTLED, HttpError.THROTTLED.detail() + " Expected available in " + wait);
    }

    public static void answer(RoutingContext context, HttpError error) {
        answer(context, error, error.detail());
    }

    /** With a sentence of its own in place of the usual one. */
    public static void answer(RoutingContext context, HttpError error, String detail) {
        if (error.status() == 503) {
            context.response().putHeader("Retry-After", "5");
        } else if (error == HttpError.TOO_MUCH_AT_ONCE) {
            context.response().putHeader("Retry-After", "1");
        }
        answer(context, error.status(), body(error, detail));
    }

    /** As the reference has it, without a code. */
    public static void answer(RoutingContext context, int status, String detail) {
        answer(context, status, new JsonObject().put("detail", detail));
    }

    public static void answer(RoutingContext context, int status, JsonObject body) {
        if (!context.response().ended()) {
            var unused = send(context.response(), status, body);
        }
    }

    private static JsonObject body(HttpError error, String detail) {
        return new JsonObject().put("detail", detail).put("code", error.code()).put("docs", error.docs());
    }

    private static Future<Void> send(HttpServerResponse response, int status, JsonObject body) {
        return response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
