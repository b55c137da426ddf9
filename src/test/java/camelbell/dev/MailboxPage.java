package camelbell.dev;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The mailbox in a browser: {@code GET /} lists it and renews itself, {@code GET /messages/{id}} shows a message,
 * {@code GET /messages/{id}/html} is the mail's own HTML, {@code DELETE /messages} empties it; {@code GET /count} and, with
 * {@code Accept: application/json}, the first two answer in JSON. A message is shown as hostile: no script, no picture from
 * elsewhere, the HTML in a sandbox.
 */
public final class MailboxPage implements AutoCloseable {

    private static final int MOST_LISTED = 1000;
    private static final int LISTED = 100;

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:;"
            + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String POLICY_OF_MAILS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " form-action 'none'; frame-ancestors 'self'; sandbox " + MailboxHtml.SANDBOX;

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private final Mailbox mailbox;
    private final HttpServer server;

    /** Listens on host:port; 0: a free one. */
    public MailboxPage(Mailbox mailbox, String host, int port) {
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

    public int port() {
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
        router.route().handler(new NoOtherSite());
        router.get("/").handler(this::list);
        router.get("/messages").handler(this::list);
        router.get("/messages/:id").handler(this::show);
        router.get("/messages/:id/html").handler(this::ownHtml);
        router.get("/mailbox.css").handler(call -> file(call, "text/css; charset=utf-8"));
        router.get("/mailbox.js").handler(call -> file(call, "text/javascript; charset=utf-8"));
        router.get("/count").handler(call -> call.json(counts()));
        router.delete("/messages").handler(call -> {
            mailbox.reset();
            call.response().setStatusCode(204).end();
        });
        return router;
    }

    private void list(RoutingContext call) {
        String limit = call.request().getParam("limit", "100");
        int most = limit.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(limit), MOST_LISTED) : LISTED;
        List<MailView> messages = newest(most);
        if (wantsJson(call)) {
            JsonArray summaries = new JsonArray();
            messages.forEach(message -> summaries.add(message.summary()));
            call.json(counts().put("newest", summaries));
        } else {
            html(call, POLICY, MailboxHtml.list(mailbox.counts(), messages));
        }
    }

    private void show(RoutingContext call) {
        found(call).ifPresent(message -> {
            if (wantsJson(call)) {
                call.json(message.toJson());
            } else {
                html(call, POLICY, MailboxHtml.message(mailbox.counts(), newest(LISTED), message));
            }
        });
    }

    private void ownHtml(RoutingContext call) {
        found(call).ifPresent(message -> html(call, POLICY_OF_MAILS, MailboxHtml.own(message)));
    }

    /** Answers itself when there is none. */
    private Optional<MailView> found(RoutingContext call) {
        Optional<MailView> found = newest(Integer.MAX_VALUE).stream()
                .filter(message -> call.pathParam("id").equals(String.valueOf(message.id())))
                .findFirst();
        if (found.isEmpty()) {
            call.response().setStatusCode(404).end("No such message, or no longer kept.\n");
        }
        return found;
    }

    private List<MailView> newest(int most) {
        return mailbox.newest(most).stream().map(MailView::of).toList();
    }

    private static void file(RoutingContext call, String type) {
        try (InputStream in = MailboxPage.class.getResourceAsStream("/mailbox" + call.normalizedPath())) {
            safe(call, type).end(Buffer.buffer(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            call.fail(e);
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

    private static void html(RoutingContext call, String policy, String page) {
        safe(call, "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", policy)
                .end(page);
    }

    private static HttpServerResponse safe(RoutingContext call, String type) {
        return call.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Accept")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
