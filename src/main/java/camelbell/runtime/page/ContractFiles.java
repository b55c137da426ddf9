package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.HttpError;
import camelbell.runtime.http.MountedHandler;
import camelbell.runtime.http.Refusals;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
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
 * a page to browse REST, one to read of Kafka and WebSocket, and the reference that errors point to, with indexes. No route does this: a file needs no flow, a REST route would put it behind the token, and
 * revalidation is told best where the response is written. All files are held in memory.
 */
@Component("contractFiles")
class ContractFiles implements MountedHandler {

    private static final String UI = "classpath*:META-INF/resources/webjars/swagger-ui/*/";

    private final Map<String, ContractFile> files = new HashMap<>();
    private final Answers answers;
    private final Refusals refusals;

    ContractFiles(Answers answers, Refusals refusals) throws IOException {
        this.answers = answers;
        this.refusals = refusals;
        Map<String, byte[]> contracts = read("classpath*:contracts/*.*");
        Map<String, byte[]> schemas = read("classpath*:contracts/schemas/*.json");
        Map<String, byte[]> reference = read("classpath*:contracts/reference/*.md");
        Map<String, byte[]> docs = read("classpath*:contracts/docs/*.*");
        byte[] asyncApi = contracts.get("asyncapi.yaml");
        byte[] page = docs.remove("index.html");
        if (asyncApi == null || page == null || schemas.isEmpty() || reference.isEmpty()) {
            throw new IllegalStateException("The jar lacks the files of the contracts");
        }
        put("/api/", contracts);
        put("/api/schemas/", schemas);
        put("/api/docs/", docs);
        put("/api/docs/", read(UI + "swagger-ui.css"));
        put("/api/docs/", read(UI + "swagger-ui-bundle.js"));
        put("/api/docs/", read(UI + "favicon-32x32.png"));
        Map<String, String> titles = new HashMap<>();
        reference.forEach((file, markdown) -> {
            ReferencePage read = ReferencePage.of(markdown);
            String name = file.replaceFirst("\\.md$", "");
            titles.put(name, read.title());
            files.put("/api/docs/reference/" + name, ContractFile.page(read.html()));
        });
        files.put("/api/docs", ContractFile.page(ApiPage.html(page)));
        files.put("/api/docs/asyncapi", ContractFile.page(AsyncApiPage.html(asyncApi, schemas)));
        files.put("/api/docs/reference", ContractFile.page(ContractIndex.ofReference(titles)));
        files.put("/api/schemas", ContractFile.page(ContractIndex.ofSchemas(schemas)));
    }

    private void put(String folder, Map<String, byte[]> found) {
        found.forEach((name, bytes) -> files.put(folder + name, ContractFile.of(name, bytes)));
    }

    private static Map<String, byte[]> read(String pattern) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources(pattern)) {
            found.put(String.valueOf(file.getFilename()), file.getContentAsByteArray());
        }
        return found;
    }

    /** Passes on what is no file of the contracts. */
    @Override
    public void mountOn(Router router) {
        router.route("/api/*").order(-250).handler(this);
    }

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
