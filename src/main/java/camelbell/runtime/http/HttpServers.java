package camelbell.runtime.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The listeners on the public port: one per core, each on its own event loop, all on one router. They open after Camel
 * has started and close before it stops, once the requests under way are answered. Who must say goodbye on a connection
 * before that (WebSockets) stops in a later phase than {@link #PHASE}.
 */
@Component("httpServers")
public class HttpServers implements SmartLifecycle {

    /** One above the Camel context's: higher phases stop earlier. */
    static final int PHASE = Integer.MAX_VALUE - 2048;

    private static final Logger log = LoggerFactory.getLogger(HttpServers.class);

    private final Vertx vertx;
    private final ObjectProvider<Router> router;
    private final HttpProperties http;
    private final RequestCount requests;
    private final RequestWaits waits;
    private final Connections connections;
    private final Answers answers;
    private final int longestFrame;
    private volatile int port;
    private volatile @Nullable String deployment;

    HttpServers(
            Vertx vertx,
            ObjectProvider<Router> router,
            HttpProperties http,
            RequestCount requests,
            RequestWaits waits,
            Connections connections,
            Answers answers,
            LongestFrame sockets) {
        this.vertx = vertx;
        this.router = router;
        this.http = http;
        this.requests = requests;
        this.waits = waits;
        this.connections = connections;
        this.answers = answers;
        this.longestFrame = sockets.longestFrame();
        this.port = http.port();
        PublicPort.check(port);
    }

    /** The port in use: the configured one, or the one that 0 came out as. */
    public int port() {
        return port;
    }

    /**
     * The routes are up only after every lifecycle bean has started, and what fails here ends the start; Camel's own
     * start-up hooks only log a failure.
     */
    @EventListener(ApplicationStartedEvent.class)
    public void open() {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public void start() {
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            deployment = vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(cores))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            throw refusal(failed);
        }
        log.info("listening port={} loops={}", port, cores);
    }

    @Override
    public void stop() {
        String deployed = deployment;
        if (deployed != null) {
            requests.drain(http.drain());
            vertx.undeploy(deployed).toCompletionStage().toCompletableFuture().join();
            deployment = null;
        }
    }

    @Override
    public boolean isRunning() {
        return deployment != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private RuntimeException refusal(CompletionException failed) {
        if (failed.getCause() instanceof BindException) {
            return PublicPort.refusal(http.port(), failed);
        }
        return failed;
    }

    /**
     * Room for a token of 4 KiB in the query. A frame that says that it is longer than a message may be is refused by its
     * head: it is held until it is whole. No compression: the frames are small, and bombs stay out.
     */
    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16384)
                .setHandle100ContinueAutomatically(false) // by the handler that reads the body, once nothing refuses it
                .setIdleTimeout(120)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(longestFrame)
                .setMaxWebSocketMessageSize(longestFrame)
                .setWebSocketClosingTimeout(5);
    }

    /** One listener on one event loop. A negative port is a free one that all instances share. */
    private final class Listener extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            Router routes = router.getObject();
            Answers.Loop loop = answers.loop(vertx);
            HttpServer server = vertx.createHttpServer(options())
                    .connectionHandler(connection -> {
                        if (connections.admit(connection, loop)) {
                            waits.opened(connection);
                        }
                    })
                    .requestHandler(request -> {
                        waits.heard(request.connection());
                        if (HttpErrors.isBadlyEscaped(request)) {
                            HttpErrors.answerUnparsable(request);
                        } else {
                            routes.handle(request);
                        }
                    })
                    .invalidRequestHandler(HttpErrors::answerUnparsable);
            server.listen(http.port() == 0 ? -1 : http.port(), "0.0.0.0")
                    .onSuccess(open -> port = open.actualPort())
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
