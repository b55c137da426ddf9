package camelbell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one route file says of itself.
 *
 * @param name such as {@code 40-dispatch}
 * @param purpose the sentence of its first line, behind the stage's name
 * @param routes ids, in the file's order
 * @param offers names that others call, of {@code direct:} and {@code seda:}
 * @param calls names that it calls
 * @param inputs from outside of the program, such as {@code Kafka users}
 * @param outputs to outside of it
 * @param templates route templates that it offers, and {@code madeOf} those of which it makes routes
 * @param channelsCalled whether it hands over to every channel ({@code recipientList})
 */
record RouteFile(
        String name,
        String purpose,
        List<String> routes,
        Set<String> offers,
        Set<String> calls,
        Set<String> inputs,
        Set<String> outputs,
        Set<String> templates,
        Set<String> madeOf,
        boolean channelsCalled) {

    private static final Pattern DIRECT = Pattern.compile("direct:([a-z0-9-]+)");
    private static final Pattern PURPOSE = Pattern.compile("# Stage [^:]*: (.*)");

    static RouteFile of(String name, String text, JsonNode content) {
        List<String> routes = new ArrayList<>();
        Set<String> offers = new TreeSet<>();
        Set<String> calls = new TreeSet<>();
        Set<String> inputs = new TreeSet<>();
        Set<String> outputs = new TreeSet<>();
        Set<String> templates = new TreeSet<>();
        Set<String> madeOf = new TreeSet<>();
        boolean[] channels = new boolean[1];
        for (JsonNode element : content) {
            JsonNode rest = element.path("rest");
            if (!rest.isMissingNode()) {
                inputs.add("HTTP " + rest.path("path").asText());
                eachText(rest, value -> called(value, calls));
            }
            JsonNode made = element.path("templatedRoute");
            if (!made.isMissingNode()) {
                routes.add(made.path("routeId").asText());
                madeOf.add(made.path("routeTemplateRef").asText());
                made.path("parameters").forEach(one -> {
                    if (one.path("name").asText().equals("queue")) {
                        offers.add(one.path("value").asText());
                    }
                });
            }
            JsonNode route = element.path("route");
            if (!route.isMissingNode()) {
                routes.add(route.path("id").asText());
                source(route.path("from"), offers, inputs);
                JsonNode steps = route.path("from").path("steps");
                eachText(steps, value -> called(value, calls));
                steps.findValues("to").forEach(to -> target(to, calls, outputs));
                channels[0] |= !steps.findValues("recipientList").isEmpty();
            }
            JsonNode template = element.path("routeTemplate");
            if (!template.isMissingNode()) {
                templates.add(template.path("id").asText());
                eachText(template, value -> called(value, calls));
                template.path("route").findValues("to").forEach(to -> target(to, calls, outputs));
            }
        }
        return new RouteFile(
                name, purpose(text), routes, offers, calls, inputs, outputs, templates, madeOf, channels[0]);
    }

    private static String purpose(String text) {
        Matcher first = PURPOSE.matcher(text);
        return first.lookingAt() ? first.group(1).replaceFirst("\\.( .*)?$", "") : "";
    }

    private static void source(JsonNode from, Set<String> offers, Set<String> inputs) {
        String uri = from.path("uri").asText();
        switch (uri.replaceFirst(":.*", "")) {
            case "direct", "seda" -> offers.add(
                    from.at("/parameters/name").asText(uri.replaceFirst("^[a-z]*:(//)?", "")));
            case "kafka" -> inputs.add(
                    "Kafka " + last(from.at("/parameters/topic").asText()));
            case "timer" -> inputs.add("a timer");
            case "vertx-websocket" -> inputs.add("WebSocket " + uri.replaceFirst("[^:]*:", ""));
            case "{{camelbell.bounces.protocol}}" -> inputs.add("a mailbox");
            default -> inputs.add(uri.replaceFirst("[?].*", ""));
        }
    }

    private static void target(JsonNode to, Set<String> calls, Set<String> outputs) {
        switch (to.path("uri").asText().replaceFirst(":.*", "")) {
            case "direct", "seda" -> {
                String name = to.at("/parameters/name").asText();
                if (!name.isEmpty() && !name.contains("{{")) {
                    calls.add(name);
                }
            }
            case "kafka" -> outputs.add(
                    "Kafka " + last(to.at("/parameters/topic").asText()));
            default -> {}
        }
    }

    /** Of a placeholder or a path, the part that says what it is. */
    private static String last(String topic) {
        return topic.replaceAll("[{}]", "").replaceFirst(".*\\.", "");
    }

    private static void called(String text, Set<String> calls) {
        Matcher direct = DIRECT.matcher(text);
        while (direct.find()) {
            calls.add(direct.group(1));
        }
    }

    private static void eachText(JsonNode node, Consumer<String> visit) {
        if (node.isTextual()) {
            visit.accept(node.asText());
        }
        node.forEach(child -> eachText(child, visit));
    }
}
