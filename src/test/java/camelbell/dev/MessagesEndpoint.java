package camelbell.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import camelbell.dev.ReceivedMessages.Received;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code POST /{version}/{phone-number-id}/messages} of the double: Meta's answer, unless the script says otherwise. */
final class MessagesEndpoint {

    private final String phoneNumberId;
    private final String authorization;
    private final Script script;
    private final ReceivedMessages received;
    private final Receipts receipts;
    private final Map<Long, Runnable> delayed = new ConcurrentHashMap<>();
    private volatile RateLimits limits = RateLimits.none();

    MessagesEndpoint(
            String phoneNumberId, String accessToken, Script script, ReceivedMessages received, Receipts receipts) {
        this.receipts = receipts;
        this.phoneNumberId = phoneNumberId;
        this.authorization = "Bearer " + accessToken;
        this.script = script;
        this.received = received;
    }

    /** From the next message on. */
    void limit(RateLimits wanted) {
        limits = wanted;
    }

    void answer(RoutingContext call) {
        JsonObject message = message(call);
        String to =
                message == null ? "" : String.valueOf(message.getValue("to")).replace("+", "");
        Optional<ScriptedAnswer> scripted = script.next(to);
        if (scripted.isPresent() && scripted.get().delayMs() > 0) {
            delay(call.vertx(), scripted.get().delayMs(), () -> answer(call, message, to, scripted.get()));
        } else if (scripted.isPresent()) {
            answer(call, message, to, scripted.get());
        } else {
            usual(call, message, to);
        }
    }

    private void delay(Vertx vertx, long milliseconds, Runnable answer) {
        Context at = vertx.getOrCreateContext();
        long timer = vertx.setTimer(
                milliseconds, id -> Objects.requireNonNull(delayed.remove(id)).run());
        delayed.put(timer, () -> at.runOnContext(now -> answer.run()));
    }

    /** Whatever waits for the end of a scripted delay is answered now; how many that are. */
    int endDelays(Vertx vertx) {
        int ended = 0;
        for (Long timer : Set.copyOf(delayed.keySet())) {
            if (vertx.cancelTimer(timer)) {
                Objects.requireNonNull(delayed.remove(timer)).run();
                ended++;
            }
        }
        return ended;
    }

    private void answer(RoutingContext call, @Nullable JsonObject message, String to, ScriptedAnswer scripted) {
        if (scripted.isUsual()) {
            usual(call, message, to);
            return;
        }
        remember(
                message,
                scripted.hang() || scripted.drip() || scripted.close() ? 0 : scripted.status(),
                null,
                scripted.accepted());
        if (scripted.close()) {
            call.request().connection().close();
        } else if (scripted.drip()) {
            drip(call);
        } else if (!scripted.hang()) {
            HttpServerResponse response = call.response().setStatusCode(scripted.status());
            scripted.headers()
                    .forEach(header -> response.putHeader(header.getKey(), String.valueOf(header.getValue())));
            end(response, scripted.body());
        }
    }

    private static void drip(RoutingContext call) {
        HttpServerResponse response = call.response().setChunked(true);
        long timer = call.vertx().setPeriodic(50, tick -> response.write(" "));
        response.closeHandler(closed -> call.vertx().cancelTimer(timer));
    }

    private void usual(RoutingContext call, @Nullable JsonObject message, String to) {
        Optional<MetaError> error = error(call, message).or(() -> limits.refusal(to));
        if (error.isPresent()) {
            remember(message, error.get().status(), null, false);
            end(call.response().setStatusCode(error.get().status()), error.get().body());
            return;
        }
        String id = "wamid."
                + Base64.getEncoder()
                        .encodeToString(UUID.randomUUID().toString().getBytes(US_ASCII));
        remember(message, 200, id, true);
        receipts.accepted(id, to, message == null ? null : message.getString("biz_opaque_callback_data"));
        end(call.response(), accepted(String.valueOf(message == null ? to : message.getValue("to")), to, id));
    }

    private Optional<MetaError> error(RoutingContext call, @Nullable JsonObject message) {
        String given = call.request().getHeader("Authorization");
        if (given == null) {
            return Optional.of(MetaError.noToken());
        }
        if (!given.equals(authorization)) {
            return Optional.of(MetaError.badToken());
        }
        if (!call.pathParam("version").matches("v[0-9]+\\.[0-9]+")
                || !call.pathParam("number").equals(phoneNumberId)) {
            return Optional.of(MetaError.unknownPath(call.pathParam("number")));
        }
        return message == null
                ? Optional.of(MetaError.invalid("The body is not a JSON object"))
                : MessageRules.firstBroken(message);
    }

    private void remember(@Nullable JsonObject message, int status, @Nullable String id, boolean accepted) {
        String callback = message == null ? null : message.getString("biz_opaque_callback_data");
        received.add(new Received(Instant.now().toString(), status, accepted, id, message), callback);
    }

    private static JsonObject accepted(String input, String number, String id) {
        return new JsonObject()
                .put("messaging_product", "whatsapp")
                .put(
                        "contacts",
                        new JsonArray().add(new JsonObject().put("input", input).put("wa_id", number)))
                .put("messages", new JsonArray().add(new JsonObject().put("id", id)));
    }

    private static @Nullable JsonObject message(RoutingContext call) {
        try {
            return call.body().asJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private static void end(HttpServerResponse response, @Nullable JsonObject body) {
        response.putHeader("Content-Type", "application/json; charset=UTF-8");
        response.end(body == null ? "" : body.encode());
    }
}
