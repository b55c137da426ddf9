package camelbell.runtime.page;

import static camelbell.runtime.page.HtmlPage.link;
import static camelbell.runtime.page.HtmlPage.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;

/**
 * asyncapi.yaml and its schemas as a page to read: topics and the WebSocket, what the hub does with each, and the
 * messages field by field. Made once, at the start; nothing is loaded from elsewhere.
 */
final class AsyncApiPage {

    private final JsonNode document;
    private final Map<String, byte[]> schemas;
    private final StringBuilder html = new StringBuilder();

    private AsyncApiPage(JsonNode document, Map<String, byte[]> schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    /** @param schemas by their file names */
    static Buffer html(byte[] asyncApi, Map<String, byte[]> schemas) throws IOException {
        AsyncApiPage page = new AsyncApiPage(new YAMLMapper().readTree(asyncApi), schemas);
        page.write();
        return HtmlPage.of("Kafka and WebSocket", page.html.toString());
    }

    private void write() throws IOException {
        element("h1", "Kafka and WebSocket");
        element("p", document.at("/info/description").asText());
        html.append("<p>The same for tools: ")
                .append(link("/api/asyncapi.yaml", "asyncapi.yaml"))
                .append(" (AsyncAPI ")
                .append(text(document.path("asyncapi").asText()))
                .append(").</p>\n<ul>\n");
        document.path("channels").properties().forEach(channel -> html.append("<li>")
                .append(link(
                        "#" + channel.getKey(),
                        channel.getValue().path("address").asText()))
                .append(": ")
                .append(text(channel.getValue().path("title").asText()))
                .append("</li>\n"));
        html.append("</ul>\n");
        for (Map.Entry<String, JsonNode> channel : document.path("channels").properties()) {
            channel(channel.getKey(), channel.getValue());
        }
    }

    private void channel(String name, JsonNode channel) throws IOException {
        html.append("<h2 id=\"").append(text(name)).append("\">");
        html.append(text(channel.path("title").asText())).append("</h2>\n<p><code>");
        html.append(text(channel.path("address").asText())).append("</code></p>\n");
        element("p", channel.path("description").asText());
        html.append("<ul>\n");
        for (JsonNode operation : document.path("operations")) {
            if (operation.at("/channel/$ref").asText().equals("#/channels/" + name)) {
                element(
                        "li",
                        "The hub " + ("send".equals(operation.path("action").asText()) ? "sends" : "receives") + ": "
                                + operation.path("summary").asText());
            }
        }
        html.append("</ul>\n");
        fields("Query", channel.at("/bindings/ws/query"));
        fields("Header", channel.at("/bindings/ws/headers"));
        closeCodes(channel.path("x-close-codes"));
        for (JsonNode message : channel.path("messages")) {
            message(resolved(message));
        }
    }

    private void closeCodes(JsonNode codes) {
        if (codes.isEmpty()) {
            return;
        }
        html.append("<table><tr><th>Close code</th><th>Meaning</th></tr>\n");
        codes.properties().forEach(code -> html.append("<tr><td><code>")
                .append(text(code.getKey()))
                .append("</code></td><td>")
                .append(text(code.getValue().asText()))
                .append("</td></tr>\n"));
        html.append("</table>\n");
    }

    private void message(JsonNode message) throws IOException {
        element("h3", message.path("title").asText());
        element(
                "p",
                message.path("summary").asText() + ". "
                        + message.path("description").asText());
        element("p", "Content type: " + message.path("contentType").asText());
        fields("Header", schema(message.path("headers")));
        JsonNode payload = schema(message.path("payload"));
        fields("Field", payload);
        String file = message.at("/payload/schema/$ref").asText();
        if (!file.isEmpty()) {
            html.append("<p>").append(link("/api/" + file, file)).append("</p>\n");
        }
        for (JsonNode example : payload.path("examples")) {
            html.append("<pre>").append(text(example.toPrettyString())).append("</pre>\n");
        }
    }

    private void fields(String heading, JsonNode schema) throws IOException {
        if (schema.path("properties").isEmpty()) {
            return;
        }
        html.append("<table><tr><th>")
                .append(heading)
                .append("</th><th>Type</th><th>Required</th><th>Meaning</th></tr>\n");
        rows("", schema);
        html.append("</table>\n");
    }

    private void rows(String prefix, JsonNode schema) throws IOException {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode field = resolved(property.getValue());
            html.append("<tr><td><code>")
                    .append(text(prefix + property.getKey()))
                    .append("</code></td><td>");
            html.append(text(SchemaWords.type(field))).append("</td><td>");
            html.append(SchemaWords.isRequired(schema, property.getKey()) ? "yes" : "")
                    .append("</td><td>");
            html.append(text(field.path("description").asText())).append("</td></tr>\n");
            rows(prefix + property.getKey() + ".", field);
        }
    }

    /** A schema, or one beside its format. */
    private JsonNode schema(JsonNode node) throws IOException {
        return resolved(node.has("schema") ? node.path("schema") : node);
    }

    /** What a reference leads to, in this document or in the file that it names. */
    private JsonNode resolved(JsonNode node) throws IOException {
        JsonNode choices = node.path("anyOf");
        if (!node.has("type") && !choices.isEmpty()) {
            return resolved(choices.get(0)); // the other one is null
        }
        String reference = node.path("$ref").asText();
        if (reference.isEmpty()) {
            return node;
        }
        if (reference.startsWith("#")) {
            return resolved(document.at(reference.substring(1)));
        }
        String file = reference.substring(reference.lastIndexOf('/') + 1);
        return new ObjectMapper().readTree(schemas.getOrDefault(file, new byte[] {'{', '}'}));
    }

    private void element(String name, String text) {
        if (!text.isBlank()) {
            html.append('<').append(name).append('>').append(text(text.strip()));
            html.append("</").append(name).append(">\n");
        }
    }
}
