package camelbell.runtime.page;

import static camelbell.runtime.page.HtmlPage.link;
import static camelbell.runtime.page.HtmlPage.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a folder of the contracts, as a page. */
final class ContractIndex {

    private ContractIndex() {}

    /** @param files by their names */
    static Buffer ofSchemas(Map<String, byte[]> files) throws IOException {
        StringBuilder html = new StringBuilder("<h1>Schemas</h1>\n<p>JSON Schema 2020-12, of what goes over Kafka,"
                + " WebSocket and REST; openapi.json and asyncapi.yaml refer to them.</p>\n<table>\n");
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            JsonNode schema = new ObjectMapper().readTree(file.getValue());
            html.append("<tr><td>")
                    .append(link("/api/schemas/" + file.getKey(), file.getKey()))
                    .append("</td><td>")
                    .append(text(schema.path("description")
                            .asText(schema.path("title").asText())))
                    .append("</td></tr>\n");
        }
        return HtmlPage.of("Schemas", html.append("</table>\n").toString());
    }

    /** @param titles of the pages, by the ends of their addresses */
    static Buffer ofReference(Map<String, String> titles) {
        StringBuilder html = new StringBuilder("<h1>Reference</h1>\n<ul>\n");
        new TreeMap<>(titles).forEach((name, title) -> html.append("<li>")
                .append(link("/api/docs/reference/" + name, title))
                .append("</li>\n"));
        return HtmlPage.of("Reference", html.append("</ul>\n").toString());
    }
}
