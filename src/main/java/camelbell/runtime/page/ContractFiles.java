package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.MountedHandler;
import camelbell.runtime.http.Refusals;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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
    private final ServedFiles served;

    ContractFiles(Answers answers, Refusals refusals) throws IOException {
        this.served = new ServedFiles(files, answers, refusals);
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
        served.handle(context);
    }
}
