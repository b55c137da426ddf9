package camelbell.runtime;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The contracts as files, for whoever asks: {@code /api/openapi.json}, {@code /api/asyncapi.yaml}, the schemas of both,
 * a page to browse them, and the reference that errors point to. No route does this: a file needs no flow, a REST route would put it behind the token, and
 * revalidation is told best where the response is written. All files are held in memory.
 */
@Component("contractFiles")
class ContractFiles implements Handler<RoutingContext> {

    private static final String UI = "classpath*:META-INF/resources/webjars/swagger-ui/*/";

    private final Map<String, ContractFile> files = new HashMap<>();
    private final Answers answers;
    private final Refusals refusals;

    ContractFiles(Answers answers, Refusals refusals) throws IOException {
        this.answers = answers;
        this.refusals = refusals;
        add("/api/", "classpath*:contracts/*.*");
        add("/api/schemas/", "classpath*:contracts/schemas/*.json");
        add("/api/docs/", "classpath*:contracts/docs/*.*");
        add("/api/docs/reference/", "classpath*:contracts/reference/*.md");
        add("/api/docs/", UI + "swagger-ui.css");
        add("/api/docs/", UI + "swagger-ui-bundle.js");
        add("/api/docs/", UI + "favicon-32x32.png");
        ContractFile page = files.remove("/api/docs/index.html");
        if (page == null || files.size() < 12) {
            throw new IllegalStateException("The jar lacks the files of the contracts: found " + files.keySet());
        }
        files.put("/api/docs", page);
    }

    private void add(String folder, String pattern) throws IOException {
        for (Resource found : new PathMatchingResourcePatternResolver().getResources(pattern)) {
            String name = String.valueOf(found.getFilename());
            files.put(folder + name.replaceFirst("\\.md$", ""), ContractFile.of(name, found.getContentAsByteArray()));
        }
    }

    /** Passes on what is no file of the contracts. */
    @Override
    public void handle(RoutingContext context) {
        ContractFile file = files.get(context.normalizedPath().replaceFirst("/$", ""));
        if (file == null) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        context.response().putHeader("Allow", "GET, HEAD, OPTIONS");
        switch (request.method().name()) {
            case "GET" -> answer(request.getHeader("If-None-Match"), file, context);
            case "OPTIONS" -> context.response().setStatusCode(204).end();
            default -> context.fail(405);
        }
    }

    private void answer(@Nullable String known, ContractFile file, RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader("ETag", file.etag())
                .putHeader("Cache-Control", file.caching())
                .putHeader("Content-Security-Policy", ContractFile.POLICY);
        if (file.isKnown(known)) {
            response.setStatusCode(304).end();
            return;
        }
        boolean begins = new FileAnswer(context, file, answers).begin();
        if (!begins) {
            List.of("ETag", "Cache-Control", "Content-Security-Policy").forEach(response.headers()::remove);
            refusals.refuse(context, HttpError.OVERLOADED);
        }
    }
}
