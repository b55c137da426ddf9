package camelbell.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Ids, descriptions and the start order of routes. */
final class Structure {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int SHORTEST = 10;
    private static final int LONGEST = 80;

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> stepIds = new HashMap<>();
    private final Map<String, String> orders = new HashMap<>();
    private final Map<String, String> templates = new HashMap<>();

    void check(List<RouteSource> files) {
        for (RouteSource file : files) {
            file.all("route").forEach(route -> route(file, route));
            file.all("routeTemplate")
                    .forEach(template -> unique(file, template.path("id"), templates, "routeTemplate"));
            file.all("templatedRoute").stream()
                    .map(made -> made.path("routeId"))
                    .filter(JsonNode::isTextual)
                    .forEach(id -> unique(file, id, ids, "route"));
        }
    }

    private void route(RouteSource file, JsonNode route) {
        JsonNode id = route.path("id");
        if (id.isMissingNode()) {
            file.yaml()
                    .warning(
                            route,
                            "a route without an id: health, metrics and the operations page have no name for it");
        } else {
            if (!ID.matcher(id.asText()).matches()) {
                file.yaml().warning(id, "ids are small letters, digits and hyphens, unlike " + id.asText());
            }
            unique(file, id, ids, "route");
        }
        String description = route.path("description").asText();
        if (description.length() < SHORTEST || description.length() > LONGEST) {
            file.yaml()
                    .warning(
                            route.has("description") ? route.path("description") : route,
                            "a description of " + SHORTEST + " to " + LONGEST
                                    + " characters is shown wherever the route is; this one has "
                                    + description.length());
        }
        if (route.has("startupOrder")) {
            unique(file, route.path("startupOrder"), orders, "startupOrder");
        } else if (!route.path("group").asText().equals("channel")) { // those get their place at the start
            file.yaml().warning(route, "no startupOrder: what it calls may start after it");
        }
        if (!route.has("nodePrefixId")) { // else ids are made of it and of what stands there
            steps(file, route, id.asText());
        }
    }

    private void steps(RouteSource file, JsonNode route, String routeId) {
        RouteSource.walkSteps(route.at("/from/steps"), (name, value) -> {
            if (name.equals("id") && value.isTextual()) {
                if (!routeId.isEmpty() && !value.asText().startsWith(routeId)) {
                    file.yaml()
                            .warning(value, "step ids begin with the route's, " + routeId + ", so that logs say where");
                }
                unique(file, value, stepIds, "step");
            }
        });
    }

    private static void unique(RouteSource file, JsonNode node, Map<String, String> seen, String what) {
        String before = node.isMissingNode() ? null : seen.putIfAbsent(node.asText(), file.name());
        if (before != null) {
            file.yaml().error(node, what + " " + node.asText() + " is there already, in " + before);
        }
    }
}
