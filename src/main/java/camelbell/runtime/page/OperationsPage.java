package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.MountedHandler;
import camelbell.runtime.http.Refusals;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The page for operators, {@code /operations/}. It is static: all that it shows and orders goes through {@code /api/admin/}
 * with a token that its reader gives it, and that it keeps in memory only.
 */
@Component("operationsPage")
class OperationsPage implements MountedHandler {

    private static final String PATH = "/operations";

    private final ServedFiles served;

    OperationsPage(Answers answers, Refusals refusals) throws IOException {
        Map<String, ContractFile> files = new HashMap<>();
        files.put(PATH, file("index.html"));
        for (String name : new String[] {"operations.css", "operations.js", "view.js", "flow.js", "traffic.js"}) {
            files.put(PATH + "/" + name, file(name));
        }
        this.served = new ServedFiles(files, answers, refusals);
    }

    private static ContractFile file(String name) throws IOException {
        return ContractFile.fresh(name, new ClassPathResource("operations/" + name).getContentAsByteArray());
    }

    @Override
    public void mountOn(Router router) {
        router.route(PATH + "*").order(-250).handler(this);
    }

    /** The page names its parts from where it lies, so that it lies below its slash. */
    @Override
    public void handle(RoutingContext context) {
        if (context.request().path().equals(PATH) && context.request().method().equals(HttpMethod.GET)) {
            context.response()
                    .setStatusCode(308)
                    .putHeader("Location", PATH + "/")
                    .end();
            return;
        }
        served.handle(context);
    }
}
