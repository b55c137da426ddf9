package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.HttpError;
import camelbell.runtime.http.Refusals;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with files that are held in memory, by path without its last slash; passes on what is none of them. */
final class ServedFiles implements Handler<RoutingContext> {

    private final Map<String, ContractFile> files;
    private final Answers answers;
    private final Refusals refusals;

    ServedFiles(Map<String, ContractFile> files, Answers answers, Refusals refusals) {
        this.files = files;
        this.answers = answers;
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext context) {
        ContractFile file = files.get(context.normalizedPath().replaceFirst("/$", ""));
        if (file == null) {
            context.next();
            return;
        }
        answer(file, context);
    }

    /** With this file, for the methods that read one. */
    void answer(ContractFile file, RoutingContext context) {
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
