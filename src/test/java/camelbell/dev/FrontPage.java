package camelbell.dev;

import camelbell.runtime.http.MountedHandler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a newcomer's browser gets at {@code /} of an embedded hub: where to go. Whoever does not ask for HTML by name gets what
 * every hub answers there, 404; no other hub has this bean.
 */
public final class FrontPage implements MountedHandler {

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String html;

    private FrontPage(String html) {
        this.html = html;
    }

    /**
     * Gives it to the hub that is about to start.
     *
     * @param playground its port; 0: there is none
     * @param mailbox the port of its page
     */
    public static ApplicationContextInitializer<ConfigurableApplicationContext> of(int playground, int mailbox) {
        String first = playground > 0
                ? "<li><a class=first href=\"http://localhost:" + playground
                        + "/\">The playground</a> three people with their bells, a ticket to act on, things to break</li>\n"
                : "";
        FrontPage page = new FrontPage(
                HTML.replace("{playground}\n", first).replace("{mailbox}", "http://localhost:" + mailbox + "/"));
        return context -> context.getBeanFactory().registerSingleton("frontPage", page);
    }

    @Override
    public void mountOn(Router router) {
        router.route("/").order(-250).handler(this);
    }

    @Override
    public void handle(RoutingContext call) {
        String accept = call.request().getHeader("Accept");
        if (!call.request().method().equals(HttpMethod.GET) || accept == null || !accept.contains("text/html")) {
            call.next();
            return;
        }
        call.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Vary", "Accept, Origin")
                .end(html);
    }

    private static final String HTML =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Camelbell, embedded</title>
            <style>
            :root { color-scheme: light dark; }
            body { margin: 0 auto; max-width: 36rem; padding: 2rem 1rem; font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.4rem; }
            ul { padding: 0; list-style: none; }
            li { padding: .6rem 0; }
            a { display: block; font-weight: 600; color: light-dark(#1d5fa8, #7db6f5); }
            a.first { font-size: 1.2rem; }
            </style>
            </head>
            <body>
            <main>
            <h1>Camelbell runs here</h1>
            <p>This is the hub's public port, in the embedded stack.</p>
            <ul>
            {playground}
            <li><a href="/api/docs/">The API</a> to read and try: REST, WebSocket and Kafka</li>
            <li><a href="/operations/">Operations</a> the routes at work, failures, dead letters; its link with a token is in the terminal</li>
            <li><a href="{mailbox}">The mailbox</a> every e-mail that the hub has sent</li>
            </ul>
            </main>
            </body>
            </html>
            """;
}
