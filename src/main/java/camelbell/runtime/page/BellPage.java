package camelbell.runtime.page;

import static camelbell.runtime.page.HtmlPage.link;
import static camelbell.runtime.page.HtmlPage.text;

import io.vertx.core.buffer.Buffer;

/** How a page gets the bell: what to write, and which versions there are. */
final class BellPage {

    private static final String ELEMENT = "<camelbell-bell token-url=\"/camelbell-token\"></camelbell-bell>";

    private BellPage() {}

    /** @param origin {@code scheme://host[:port]} as the reader's browser has it */
    static Buffer html(String origin, BellVersions versions) {
        String folder = origin + "/bell/";
        StringBuilder html = new StringBuilder("<h1>The bell</h1>\n<p>Two lines give a page of yours a bell that shows"
                + " what this hub tells the person who is signed in there:</p>\n");
        code(html, "<script type=\"module\" src=\"" + folder + BellVersions.FILE + "\"></script>\n" + ELEMENT);
        html.append(
                        "<p><code>token-url</code> is an address on your own site that answers the signed-in person's access"
                                + " token. The origin of your page must stand in <code>camelbell.http.allowed-origins</code>"
                                + " of this hub. ")
                .append(link("/api/docs/reference/bell", "Everything about the bell"))
                .append(": attributes, events, looks, and what a Content-Security-Policy has to allow.</p>\n");
        BellVersions.Version newest = versions.newest();
        html.append(
                "<h2>One that never changes</h2>\n<p>The address above is the newest bell. One with its version is the"
                        + " same file for ever, and with its digest a browser takes no other:</p>\n");
        code(
                html,
                "<script type=\"module\" src=\"" + folder + newest.number() + "/" + BellVersions.FILE
                        + "\"\n  integrity=\"" + newest.integrity() + "\" crossorigin></script>\n" + ELEMENT);
        html.append("<table>\n<tr><th>Version</th><th>Digest</th></tr>\n");
        for (BellVersions.Version version : versions.all()) {
            html.append("<tr><td>")
                    .append(link("/bell/" + version.number() + "/" + BellVersions.FILE, version.number()))
                    .append("</td><td><code>")
                    .append(text(version.integrity()))
                    .append("</code></td></tr>\n");
        }
        return HtmlPage.of("The bell", html.append("</table>\n").toString());
    }

    private static void code(StringBuilder html, String lines) {
        html.append("<pre>").append(text(lines)).append("</pre>\n");
    }
}
