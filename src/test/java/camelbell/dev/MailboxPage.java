package camelbell.dev;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The mailbox in a browser: {@code GET /} lists it, {@code GET /messages/{id}} shows a message, {@code DELETE /messages}
 * empties it; {@code GET /count} and, with {@code Accept: application/json}, the other two answer in JSON.
 * A message is shown as hostile: no script, no picture from elsewhere, the HTML in a sandbox.
 */
final class MailboxPage implements AutoCloseable {

    private static final int MOST_LISTED = 1000;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final Mailbox mailbox;
    private final HttpServer server;

    MailboxPage(Mailbox mailbox, String host, int port) {
        this.mailbox = mailbox;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(host).setPort(port))
                .requestHandler(router())
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.get("/").handler(this::list);
        router.get("/messages").handler(this::list);
        router.get("/messages/:id").handler(this::show);
        router.get("/count").handler(call -> call.json(counts()));
        router.delete("/messages").handler(call -> {
            mailbox.reset();
            call.response().setStatusCode(204).end();
        });
        return router;
    }

    private void list(RoutingContext call) {
        String limit = call.request().getParam("limit", "100");
        int most = limit.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(limit), MOST_LISTED) : 100;
        List<MailView> messages =
                mailbox.newest(most).stream().map(MailView::of).toList();
        if (wantsJson(call)) {
            JsonArray summaries = new JsonArray();
            messages.forEach(message -> summaries.add(message.summary()));
            call.json(counts().put("newest", summaries));
        } else {
            html(call, MailboxHtml.list(mailbox.counts(), messages));
        }
    }

    private void show(RoutingContext call) {
        Optional<MailView> found = mailbox.newest(Integer.MAX_VALUE).stream()
                .map(MailView::of)
                .filter(message -> call.pathParam("id").equals(String.valueOf(message.id())))
                .findFirst();
        if (found.isEmpty()) {
            call.response().setStatusCode(404).end("No such message, or no longer kept.\n");
        } else if (wantsJson(call)) {
            call.json(found.get().toJson());
        } else {
            html(call, MailboxHtml.message(found.get()));
        }
    }

    private JsonObject counts() {
        Mailbox.Counts counts = mailbox.counts();
        return new JsonObject()
                .put("messages", counts.messages())
                .put("distinct_message_ids", counts.distinctMessageIds())
                .put("duplicates", counts.duplicates());
    }

    private static boolean wantsJson(RoutingContext call) {
        String accept = call.request().getHeader("Accept");
        return accept != null && accept.contains("json");
    }

    private static void html(RoutingContext call, String page) {
        call.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(page);
    }
}
