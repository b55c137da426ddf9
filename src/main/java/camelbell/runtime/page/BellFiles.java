package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.HttpError;
import camelbell.runtime.http.HttpErrors;
import camelbell.runtime.http.MountedHandler;
import camelbell.runtime.http.Proxies;
import camelbell.runtime.http.Refusals;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The bell that pages of other sites load: {@code /bell/camelbell-bell.js} is the newest, asked for again each time;
 * {@code /bell/<version>/camelbell-bell.js} never changes. {@code /bell/} says how to use them, with the address by which it
 * was asked for. Nothing else of {@code src/web/bell} is served.
 */
@Component("bellFiles")
class BellFiles implements MountedHandler {

    private static final String PATH = "/bell";

    private final BellVersions versions;
    private final Proxies proxies;
    private final ServedFiles served;

    BellFiles(Answers answers, Refusals refusals, Proxies proxies) throws IOException {
        this.versions = BellVersions.of(read("versions.json"));
        this.proxies = proxies;
        Map<String, ContractFile> files = new HashMap<>();
        files.put(PATH + "/" + BellVersions.FILE, ContractFile.fresh(BellVersions.FILE, read(BellVersions.FILE)));
        for (BellVersions.Version version : versions.all()) {
            byte[] content = read(version.number() + "/" + BellVersions.FILE);
            files.put(
                    PATH + "/" + version.number() + "/" + BellVersions.FILE,
                    ContractFile.forever(BellVersions.FILE, content));
        }
        this.served = new ServedFiles(files, answers, refusals);
    }

    private static byte[] read(String name) throws IOException {
        return new ClassPathResource("bell/" + name).getContentAsByteArray();
    }

    @Override
    public void mountOn(Router router) {
        router.route(PATH + "/*").order(-250).handler(this);
    }

    @Override
    public void handle(RoutingContext context) {
        if (!context.normalizedPath().replaceFirst("/$", "").equals(PATH)) {
            served.handle(context);
            return;
        }
        String origin = proxies.origin(context.request());
        if (origin == null) {
            HttpErrors.answer(context, HttpError.BAD_REQUEST);
        } else {
            served.answer(ContractFile.page(BellPage.html(origin, versions)), context);
        }
    }
}
