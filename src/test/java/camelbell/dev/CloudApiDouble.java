package camelbell.dev;

import camelbell.dev.ReceivedMessages.Counts;
import camelbell.dev.ReceivedMessages.Received;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A double of Meta's WhatsApp Cloud API that answers as Meta does, remembers what it got and can be told to misbehave.
 * {@code POST /{version}/{phone-number-id}/messages}; beside it {@code GET /count}, {@code GET|DELETE /received},
 * {@code POST|DELETE /script} (see {@link ScriptedAnswer}), {@code GET|POST|DELETE /receipts} (see {@link ReceiptRules}),
 * {@code POST|DELETE /limits} (see {@link RateLimits}).
 */
public final class CloudApiDouble implements AutoCloseable {

    private static final int LARGEST_BODY = 256 * 1024;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final Script script = new Script();
    private final ReceivedMessages received;
    private final MessagesEndpoint messages;
    private final ToldReceipts toldReceipts;
    private final Receipts receipts;
    private final HttpServer server;

    /** Listens on host:port (0: a free one), takes this token for this number and keeps the last requests. */
    public CloudApiDouble(String host, int port, String phoneNumberId, String accessToken, int keep) {
        this(host, port, phoneNumberId, accessToken, keep, null);
    }

    /** The same, beginning with what an earlier one kept in that file. */
    CloudApiDouble(String host, int port, String phoneNumberId, String accessToken, int keep, @Nullable Path file) {
        received = new ReceivedMessages(keep, file);
        toldReceipts = new ToldReceipts(keep, file == null ? null : file.resolveSibling("receipts.txt"));
        receipts = new Receipts(vertx, phoneNumberId, toldReceipts);
        messages = new MessagesEndpoint(phoneNumberId, accessToken, script, received, receipts);
        server = await(
                vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port))
                        .requestHandler(router())
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    public int port() {
        return server.actualPort();
    }

    public String baseUrl() {
        return "http://localhost:" + port();
    }

    public Counts counts() {
        return received.counts();
    }

    /** The newest requests, newest first, at most as many as are kept. */
    public List<Received> received(int limit) {
        return received.newest(limit);
    }

    /** What {@code POST /script} takes, from Java. */
    public void script(Map<String, Object> answer) {
        script.add(ScriptedAnswer.from(new JsonObject(answer)));
    }

    /** Whether {@link #script} was told this answer, and it is still to be given. Errors that Meta numbers differ each time: give status and body. */
    public boolean isScripted(Map<String, Object> answer) {
        return script.holds(ScriptedAnswer.from(new JsonObject(answer)));
    }

    /** Takes back what {@link #script} was told. */
    public void endScript(Map<String, Object> answer) {
        script.remove(ScriptedAnswer.from(new JsonObject(answer)));
    }

    /** The last receipt that the hub has taken of this message: delivered, read or failed; empty before the first. */
    public String receipt(String messageId) {
        return toldReceipts.of(messageId);
    }

    /** Answers now what waits for the end of a scripted delay; how many requests that were. */
    public int endDelays() {
        return messages.endDelays(vertx);
    }

    /** From now on signed receipts follow each accepted message. Reserved numbers: see {@link Receipts}. */
    public void sendReceipts(ReceiptRules rules) {
        receipts.send(rules);
    }

    /** From now on all is as usual; what was received stays. */
    public void endScript() {
        script.clear();
    }

    /** Forgets requests, counts, scripts and limits. */
    public void reset() {
        messages.limit(RateLimits.none());
        script.clear();
        forget();
    }

    private void forget() {
        received.clear();
        toldReceipts.clear();
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(new NoOtherSite());
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.post("/:version/:number/messages").handler(messages::answer);
        router.get("/count").handler(call -> call.json(received.counts().toJson()));
        router.get("/received").handler(this::list);
        router.delete("/received").handler(call -> {
            forget();
            call.response().setStatusCode(204).end();
        });
        router.post("/script").handler(this::addToScript);
        router.delete("/script").handler(call -> {
            script.clear();
            call.response().setStatusCode(204).end();
        });
        router.post("/limits").handler(this::limit);
        router.delete("/limits").handler(call -> {
            messages.limit(RateLimits.none());
            call.response().setStatusCode(204).end();
        });
        router.get("/receipts").handler(this::showReceipts);
        router.post("/receipts").handler(this::changeReceipts);
        router.delete("/receipts").handler(call -> {
            receipts.stop();
            call.response().setStatusCode(204).end();
        });
        return router;
    }

    private void list(RoutingContext call) {
        String limit = call.request().getParam("limit", "20");
        if (!limit.matches("[0-9]{1,7}")) {
            refuse(call, "limit is not a number");
            return;
        }
        JsonArray newest = new JsonArray();
        received.newest(Integer.parseInt(limit)).forEach(one -> newest.add(one.toJson()));
        call.response().putHeader("Content-Type", "application/json").end(newest.encodePrettily() + "\n");
    }

    private void addToScript(RoutingContext call) {
        try {
            script.add(ScriptedAnswer.from(call.body().asJsonObject()));
            call.response().setStatusCode(204).end();
        } catch (RuntimeException e) {
            refuse(call, "the body is not a scripted answer: " + e.getMessage());
        }
    }

    private void limit(RoutingContext call) {
        try {
            messages.limit(RateLimits.from(call.body().asJsonObject()));
            call.response().setStatusCode(204).end();
        } catch (RuntimeException e) {
            refuse(call, "the body is no rate limit: " + e.getMessage());
        }
    }

    private void showReceipts(RoutingContext call) {
        ReceiptRules rules = receipts.rules();
        call.json(rules == null ? new JsonObject() : rules.toJson());
    }

    private void changeReceipts(RoutingContext call) {
        try {
            receipts.change(call.body().asJsonObject());
            call.response().setStatusCode(204).end();
        } catch (RuntimeException e) {
            refuse(call, "the body is no rule for receipts: " + e.getMessage());
        }
    }

    private static void refuse(RoutingContext call, String why) {
        call.response()
                .setStatusCode(400)
                .end(new JsonObject().put("detail", why).encode());
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
