package camelbell.runtime.http;

import camelbell.model.Origins;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * REST DSL and WebSocket on one Vert.x router. The bean names are those that camel-platform-http-vertx looks up; its
 * Spring MVC counterpart is switched off in application.yaml.
 */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    private static final long WORKER_IDLE_SECONDS = 10;

    @Bean(destroyMethod = "close")
    Vertx vertx(HttpProperties http) {
        FileSystemOptions noFiles =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        VertxOptions options =
                new VertxOptions().setWorkerPoolSize(http.workers()).setFileSystemOptions(noFiles);
        return new VertxBuilder(options)
                .executorServiceFactory(HttpConfiguration::workers)
                .init()
                .vertx();
    }

    /** As Vert.x makes them, but that those which nobody needs end: its own stay for ever, each with its stack. */
    private static ExecutorService workers(ThreadFactory threads, int most, Integer ignored) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                most, most, WORKER_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedTransferQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    @Bean
    Origins origins(HttpProperties http, @Value("${camelbell.http.public-url}") String publicUrl) {
        return new Origins(http.allowedOrigins(), publicUrl);
    }

    /** Port 0 in the name is the one that consumers fall back to, whatever the real port is. */
    @Bean("platform-http-router-0")
    VertxPlatformHttpRouter router(
            Vertx vertx,
            EntryHandler entry,
            RequestBodyHandler bodies,
            AuthenticationHandler api,
            RestResources resources,
            HeaderFilter headers,
            List<MountedHandler> mounted) {
        Router router = Router.router(vertx);
        HttpErrors.answerOn(router);
        router.route().order(-300).handler(entry).failureHandler(HttpErrors::leaveToItself);
        mounted.forEach(handler -> handler.mountOn(router));
        router.route("/api/*").order(-200).handler(api);
        router.routeWithRegex("/(?!ws/|api/).*").order(-150).handler(new MethodHandler(resources));
        router.routeWithRegex("/(?!ws/).*").order(-100).handler(headers);
        return new VertxPlatformHttpRouter(null, vertx, router, "platform-http-router-0") {
            @Override
            public Handler<RoutingContext> bodyHandler() {
                return bodies;
            }
        };
    }

    @Bean("platform-http-engine")
    PlatformHttpEngine platformHttpEngine(HttpServers servers, TurnHandler turns, AnswerCapacity capacity) {
        VertxPlatformHttpEngine engine = new VertxPlatformHttpEngine() {
            @Override
            public int getServerPort() {
                return servers.port();
            }
        };
        Handler<RoutingContext> reserve = context -> {
            if (context.normalizedPath().startsWith("/api/")) {
                capacity.handle(context);
            } else {
                context.next();
            }
        };
        // between the body and the route; who waits for memory keeps nobody from a turn, and holds
        // none while waiting for a turn
        engine.setHandlers(List.of(reserve, turns));
        return engine;
    }
}
