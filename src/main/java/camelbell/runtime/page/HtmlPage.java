package camelbell.runtime.page;

import camelbell.runtime.ProductVersion;
import io.vertx.core.buffer.Buffer;
import org.springframework.web.util.HtmlUtils;

/** The frame of every page beside the API's own: one style sheet, no script, links to the other pages. */
final class HtmlPage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>%s - Camelbell</title>
              <link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
              <link rel="stylesheet" href="/api/docs/page.css">
            </head>
            <body>
              <header>
                <strong>Camelbell %s</strong>
                <nav aria-label="Pages">
                  <a href="/api/docs/">REST</a>
                  <a href="/api/docs/asyncapi">Kafka and WebSocket</a>
                  <a href="/api/schemas/">Schemas</a>
                  <a href="/api/docs/reference/">Reference</a>
                  <a href="/bell/">Bell</a>
                </nav>
              </header>
              <article>
            %s
              </article>
            </body>
            </html>
            """;

    private HtmlPage() {}

    /** @param title text; the body is HTML already */
    static Buffer of(String title, String body) {
        return Buffer.buffer(PAGE.formatted(text(title), text(ProductVersion.get()), body));
    }

    static String text(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    static String link(String address, String text) {
        return "<a href=\"" + text(address) + "\">" + text(text) + "</a>";
    }
}
