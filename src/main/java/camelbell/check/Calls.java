package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where routes lead: to routes that there are, and downhill; and the configurations that they name. */
final class Calls {

    /** Without options: one of them may say what is to happen when nobody reads. */
    private static final Pattern CALL = Pattern.compile("(?:direct|seda):/*([^?]+)");

    private static final Pattern IN_ARGUMENTS = Pattern.compile("'direct:([A-Za-z0-9._-]+)'");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{([^{}:]+)}}");
    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");

    private final List<RouteSource> files;
    private final boolean whole;
    private final Map<String, Integer> offered = new HashMap<>();
    private final Set<String> configurations = new TreeSet<>();

    /** @param whole whether all route files could be read, so that what is not there is nowhere */
    Calls(List<RouteSource> files, boolean whole) {
        this.files = files;
        this.whole = whole;
        for (RouteSource file : files) {
            file.all("route").forEach(route -> offer(file, route.path("from")));
            file.all("from").forEach(from -> offer(file, from));
            file.all("templatedRoute").forEach(made -> begun(made)
                    .forEach(parameter -> offered.putIfAbsent(
                            RouteSource.parameter(made, parameter).asText(), file.number())));
            file.all("routeConfiguration")
                    .forEach(configuration ->
                            configurations.add(configuration.path("id").asText()));
        }
    }

    /** The parameters by which a template says what its routes begin with. */
    private List<String> begun(JsonNode made) {
        String id = made.path("routeTemplateRef").asText();
        return files.stream()
                .flatMap(file -> file.all("routeTemplate").stream())
                .filter(template -> template.path("id").asText().equals(id))
                .flatMap(template -> PARAMETER
                        .matcher(template.at("/route/from/uri").asText()
                                + template.at("/route/from/parameters")
                                + template.at("/from/uri").asText()
                                + template.at("/from/parameters"))
                        .results())
                .map(found -> found.group(1))
                .toList();
    }

    private void offer(RouteSource file, JsonNode from) {
        String name = called(from);
        Integer before = name == null ? null : offered.putIfAbsent(name, file.number());
        if (before != null && from.path("uri").asText().startsWith("direct")) {
            file.yaml().error(from.path("uri"), "another route begins with direct:" + name + " already");
        }
    }

    /** Whether a route can be called by that name. */
    boolean offers(String name) {
        return !whole || offered.containsKey(name);
    }

    /** For a name that none of them has. */
    String meant(String name) {
        return Meant.by(name, offered.keySet());
    }

    void check() {
        files.forEach(file -> file.walkSteps((field, value) -> {
            if (field.equals("to") || field.equals("wireTap")) {
                String name = value.isTextual() ? calledBy(value.asText()) : called(value);
                if (name != null) {
                    JsonNode given = value.at("/parameters/name");
                    target(
                            file,
                            given.isTextual() ? given : value.isTextual() ? value : value.path("uri"),
                            value,
                            name);
                }
            } else if (field.equals("method") && value.isTextual()) { // a bean is told which routes to ask
                Matcher named = IN_ARGUMENTS.matcher(value.asText());
                while (named.find()) {
                    target(file, value, value, named.group(1));
                }
            } else if (field.equals("routeConfigurationId") && value.isTextual()) {
                configuration(file, value);
            }
        }));
    }

    /** A route whose configuration is not there starts without it: without its error handling, that is. */
    private void configuration(RouteSource file, JsonNode value) {
        COMMAS.splitAsStream(value.asText().strip())
                .filter(id -> whole && !id.contains("*") && !id.contains("{{") && !configurations.contains(id))
                .forEach(id -> file.yaml().error(value, "no routeConfiguration " + id + Meant.by(id, configurations)));
    }

    private void target(RouteSource file, JsonNode where, JsonNode endpoint, String name) {
        Integer number = offered.get(name);
        if (number == null && whole) {
            String uri = endpoint.isTextual()
                    ? endpoint.asText()
                    : endpoint.path("uri").asText();
            if (uri.startsWith("seda")) { // a queue waits until somebody reads it
                file.yaml().warning(where, "no route reads " + name + meant(name));
            } else {
                file.yaml().error(where, "no route begins with " + name + meant(name));
            }
        } else if (number != null && number >= 0 && number < file.number()) {
            file.yaml()
                    .warning(
                            where,
                            "a call uphill, from " + file.number() + " to " + number
                                    + ": flow goes to the same file or a higher number");
        }
    }

    private static @Nullable String called(JsonNode endpoint) {
        String uri = endpoint.path("uri").asText();
        return uri.equals("direct") || uri.equals("seda")
                ? known(endpoint.at("/parameters/name").asText())
                : calledBy(uri);
    }

    private static @Nullable String calledBy(String uri) {
        Matcher call = CALL.matcher(uri);
        return call.matches() ? known(call.group(1)) : null;
    }

    private static @Nullable String known(String name) {
        return name.isEmpty() || name.contains("{{") || name.contains("${") ? null : name;
    }
}
