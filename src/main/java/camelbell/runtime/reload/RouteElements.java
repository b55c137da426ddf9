package camelbell.runtime.reload;

import camelbell.model.StartRefused;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the route files hold.
 *
 * @param routes by id
 * @param beans that the files make, by name
 * @param configurations of routes, by id
 * @param others by file, kind and place: what is read when Camel starts and never again
 */
record RouteElements(
        Map<String, RouteElement> routes,
        Map<String, JsonNode> beans,
        Map<String, JsonNode> configurations,
        Map<String, JsonNode> others) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** Errors: no YAML, no list, an id that stands twice, a template that is not there; by file and line. */
    static RouteElements of(SortedMap<String, String> texts) {
        List<Element> all = new ArrayList<>();
        texts.forEach((file, text) -> all.addAll(elements(file, text)));
        Map<String, JsonNode> templates = new HashMap<>();
        for (Element one : all) {
            if (one.kind.equals("routeTemplate")) {
                templates.put(one.content.path("id").asText(), one.content);
            }
        }
        RouteElements found =
                new RouteElements(new LinkedHashMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        all.forEach(one -> found.add(one, templates));
        return found;
    }

    private void add(Element one, Map<String, JsonNode> templates) {
        switch (one.kind) {
            case "route" -> add(one.route());
            case "templatedRoute" -> add(one.made(templates));
            case "routeTemplate" -> keep(one.content.has("beans"), one);
            case "routeConfiguration" -> {
                configurations.put(one.content.path("id").asText(), one.content);
                keep(!one.content.has("id"), one);
            }
            case "beans" -> one.content.forEach(
                    bean -> beans.put(bean.path("name").asText(), bean));
            default -> keep(true, one);
        }
    }

    private void keep(boolean other, Element one) {
        if (other) {
            String kind = one.file + ": " + one.kind;
            int number = 1;
            while (others.containsKey(kind + " " + number)) {
                number++;
            }
            others.put(kind + " " + number, one.content);
        }
    }

    private void add(RouteElement route) {
        if (route.id().isEmpty()) {
            throw new StartRefused(route.place() + "a route without an id; every route has one");
        }
        RouteElement twin = routes.put(route.id(), route);
        if (twin != null) {
            throw new StartRefused(route.place() + "route " + route.id() + " stands in " + twin.file() + ":"
                    + twin.line() + " already; an id is one route's");
        }
    }

    private static List<Element> elements(String file, String text) {
        List<Element> elements = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        List<JsonNode> contents = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_ARRAY) {
                throw new StartRefused(file + ":1: not a list; a route file is a list of routes");
            }
            while (first != null && parser.nextToken() == JsonToken.START_OBJECT) {
                lines.add(parser.currentTokenLocation().getLineNr());
                contents.add(YAML.readTree(parser));
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new StartRefused(file + ":" + line + ": not YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("A text is always there", e);
        }
        List<String> rows = text.lines().toList();
        for (int i = 0; i < contents.size(); i++) {
            int end = i + 1 < lines.size() ? lines.get(i + 1) - 1 : rows.size();
            String alone =
                    "\n".repeat(lines.get(i) - 1) + String.join("\n", rows.subList(lines.get(i) - 1, end)) + "\n";
            for (Map.Entry<String, JsonNode> entry : contents.get(i).properties()) {
                elements.add(new Element(file, lines.get(i), entry.getKey(), entry.getValue(), alone));
            }
        }
        return elements;
    }

    private record Element(String file, int line, String kind, JsonNode content, String yaml) {

        RouteElement route() {
            return new RouteElement(content.path("id").asText(), file, line, content, Map.of(), yaml);
        }

        RouteElement made(Map<String, JsonNode> templates) {
            String name = content.path("routeTemplateRef").asText();
            JsonNode template = templates.get(name);
            if (template == null) {
                throw new StartRefused(file + ":" + line + ": no routeTemplate " + name + "; there are "
                        + new TreeMap<>(templates).keySet());
            }
            Map<String, Object> parameters = TemplateParameters.of(template, content);
            JsonNode definition = TemplateParameters.fill(template, content, parameters);
            try {
                return new RouteElement(
                        content.path("routeId").asText(),
                        file,
                        line,
                        definition,
                        parameters,
                        YAML.writeValueAsString(List.of(Map.of("route", definition))));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("What was read as YAML can be written as YAML", e);
            }
        }
    }
}
