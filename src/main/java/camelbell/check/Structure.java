package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids, descriptions and the start order of routes, and where they lead: to routes that there are, and downhill. */
final class Structure {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern DIRECT = Pattern.compile("(?:direct|seda):(?://)?([a-z0-9-]+)(?![a-z0-9-]*[${])");
    private static final int SHORTEST = 10;
    private static final int LONGEST = 80;

    private final List<RouteSource> files;
    private final boolean whole;
    private final Map<String, Integer> offered = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> stepIds = new HashMap<>();
    private final Map<String, String> orders = new HashMap<>();

    /** @param whole whether all route files could be read, so that what is not there is nowhere */
    Structure(List<RouteSource> files, boolean whole) {
        this.files = files;
        this.whole = whole;
        files.forEach(this::offer);
    }

    private void offer(RouteSource file) {
        for (JsonNode route : file.all("route")) {
            String name = called(route.path("from"));
            if (name != null) {
                offered.put(name, file.number());
            }
        }
        for (JsonNode made : file.all("templatedRoute")) {
            offered.put(RouteSource.parameter(made, "queue").asText(), file.number());
        }
    }

    /** The names by which routes are called. */
    boolean offers(String name) {
        return !whole || offered.containsKey(name);
    }

    /** For a name that none of them has. */
    String meant(String name) {
        return Meant.by(name, offered.keySet());
    }

    void check() {
        for (RouteSource file : files) {
            for (JsonNode route : file.all("route")) {
                route(file, route);
            }
            for (JsonNode made : file.all("templatedRoute")) {
                unique(file, made.path("routeId"), ids, "route");
            }
            targets(file);
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
        steps(file, route, id.asText());
    }

    private void steps(RouteSource file, JsonNode route, String routeId) {
        RouteSource.walk(route.at("/from/steps"), (name, value) -> {
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
        String before = seen.putIfAbsent(node.asText(), file.name());
        if (before != null) {
            file.yaml().error(node, what + " " + node.asText() + " is there already, in " + before);
        }
    }

    private void targets(RouteSource file) {
        file.walk((field, value) -> {
            if (field.equals("to") || field.equals("toD") || field.equals("wireTap")) {
                JsonNode where = value.isTextual() ? value : value.path("uri");
                String name = value.isTextual() ? calledBy(value.asText()) : called(value);
                if (name != null) {
                    target(file, value.at("/parameters/name").isTextual() ? value.at("/parameters/name") : where, name);
                }
            } else if (value.isTextual()
                    && !field.equals("uri")
                    && !field.equals("description")
                    && !field.equals("note")) {
                // a bean is told which routes to ask
                Matcher named = DIRECT.matcher(value.asText());
                while (named.find()) {
                    target(file, value, named.group(1));
                }
            }
        });
    }

    private void target(RouteSource file, JsonNode where, String name) {
        Integer number = offered.get(name);
        if (number == null && whole) {
            file.yaml().error(where, "no route begins with " + name + meant(name));
        } else if (number != null
                && number < file.number()
                && file.number() > 0
                && number >= 0
                && !isFailurePolicy(file)) {
            file.yaml()
                    .warning(
                            where,
                            "a call uphill, from " + file.number() + " to " + number
                                    + ": flow goes to the same file or a higher number");
        }
    }

    private static boolean isFailurePolicy(RouteSource file) {
        return file.number() == 0;
    }

    private static @Nullable String called(JsonNode endpoint) {
        String uri = endpoint.path("uri").asText();
        String name = uri.equals("direct") || uri.equals("seda")
                ? endpoint.at("/parameters/name").asText()
                : calledBy(uri);
        return name == null || name.isEmpty() || name.contains("{{") || name.contains("${") ? null : name;
    }

    private static @Nullable String calledBy(String uri) {
        Matcher direct = DIRECT.matcher(uri.replaceFirst("\\?.*", ""));
        return direct.matches() ? direct.group(1) : null;
    }
}
