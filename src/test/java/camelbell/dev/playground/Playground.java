package camelbell.dev.playground;

import camelbell.dev.CloudApiDouble;
import camelbell.dev.Mailbox;
import camelbell.identity.TokenMinter;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page of the embedded stack and what its buttons do: {@code GET /state?ticket=ID}, {@code GET /token/{person}},
 * {@code POST /tickets} ({@code {"title": …}}), {@code POST /tickets/{id}/{type of event}}, {@code POST /breaks/{name}} and
 * {@code DELETE /breaks/{name}} ({@link Breaks}). Whatever it shows of the hub the page asks the hub itself.
 */
public final class Playground implements AutoCloseable {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final Duration TOKENS_LIVE = Duration.ofMinutes(15);

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4).setInternalBlockingPoolSize(1));
    private final Surroundings around;
    private final List<Person> people;
    private final Breaks breaks;
    private final Tickets tickets;
    private final TicketEvents events;
    private final PageState state;
    private final HttpServer server;

    /** On that port of the host. Errors: CompletionException with a BindException where something listens there. */
    public Playground(
            String host,
            int port,
            Surroundings around,
            Mailbox mailbox,
            CloudApiDouble whatsapp,
            List<JsonNode> users) {
        this.around = around;
        people = Person.shown(users);
        breaks = new Breaks(mailbox.smtpPort(), around.hubPort(), whatsapp, people);
        tickets = new Tickets(around.tickets());
        events = new TicketEvents(around.brokers(), around.eventsTopic(), people);
        List<Person> everybody = users.stream().map(Person::of).toList();
        Phone phone = new Phone(whatsapp, around.routes().resolve("whatsapp-templates.yaml"), everybody);
        state = new PageState(around, people, everybody, breaks, tickets, mailbox, phone);
        try {
            server = await(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(host)
                            .setPort(port)
                            .setHttp2ClearTextEnabled(false)) // there Host is no header
                    .requestHandler(router(port))
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** Where the hub is to reach the mail server, so that it can be away. */
    public int mailPort() {
        return breaks.mailPort();
    }

    private Router router(int port) {
        Router router = Router.router(vertx);
        router.route().handler(new OwnPageOnly(port));
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        new PageFiles(
                        around.hub(),
                        people.stream()
                                .map(one -> "localhost:" + breaks.hubPort(one))
                                .toList())
                .mountOn(router);
        router.get("/state")
                .handler(call ->
                        answer(call, () -> state.now(number(call.request().getParam("ticket")))));
        router.get("/token/:person").handler(this::token);
        router.post("/tickets").handler(this::open);
        router.post("/tickets/:id/:type").handler(this::post);
        router.post("/breaks/:name").handler(call -> turn(call, true));
        router.delete("/breaks/:name").handler(call -> turn(call, false));
        router.route().handler(call -> refuse(call, 404, "There is nothing here."));
        return router;
    }

    private void token(RoutingContext call) {
        long id = number(call.pathParam("person"));
        if (people.stream().noneMatch(one -> one.id() == id)) {
            refuse(call, 404, "Nobody of this page has that id.");
            return;
        }
        String token = TokenMinter.mint(around.jwtSecret(), id, Instant.now(), TOKENS_LIVE);
        PageFiles.safe(call);
        call.json(new JsonObject().put("access", token));
    }

    private void open(RoutingContext call) {
        try {
            JsonObject wanted =
                    call.body().isEmpty() ? new JsonObject() : call.body().asJsonObject();
            String title = String.valueOf(wanted.getValue("title", ""));
            answer(call, () -> tickets.open(title).toJson());
        } catch (DecodeException e) {
            refuse(call, 400, "The body is no JSON object with a title.");
        }
    }

    private void post(RoutingContext call) {
        long id = number(call.pathParam("id"));
        Optional<Step> step = Arrays.stream(Step.values())
                .filter(one -> one.type().equals(call.pathParam("type")))
                .findFirst();
        boolean known = tickets.find(id).isPresent();
        if (!known || step.isEmpty()) {
            refuse(call, 404, !known ? "This page has no such ticket." : "No such event is a button here.");
            return;
        }
        answer(call, () -> {
            synchronized (events) { // of two at once each would have the ticket of before, and one of them be forgotten
                Ticket after = events.post(tickets.find(id).orElseThrow(), step.get());
                tickets.put(after);
                return after.toJson();
            }
        });
    }

    private void turn(RoutingContext call, boolean broken) {
        if (breaks.turn(call.pathParam("name"), broken)) {
            PageFiles.safe(call).setStatusCode(204).end();
        } else {
            refuse(call, 404, "Nothing of that name can be broken.");
        }
    }

    /** Work that waits for Kafka or reads files has a thread of its own. */
    private void answer(RoutingContext call, Supplier<JsonObject> work) {
        vertx.executeBlocking(work::get, false).onComplete(done -> {
            if (done.succeeded()) {
                PageFiles.safe(call);
                call.json(done.result());
            } else {
                refuse(call, 503, String.valueOf(done.cause().getMessage()));
            }
        });
    }

    private static void refuse(RoutingContext call, int status, String why) {
        PageFiles.safe(call).setStatusCode(status);
        call.json(new JsonObject().put("detail", why));
    }

    /** Zero for what is no number. */
    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
        events.close();
        breaks.close();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
