package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Endpoints are of components that the hub has, and their options are those of the component, with values that fit. */
final class Endpoints {

    private static final Set<String> PLACES = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    /** Taken for numbers of milliseconds, too. */
    private static final Pattern DURATION = Pattern.compile("(\\d+(ms|[smhd]))+");

    private static final Pattern PATH = Pattern.compile(":[^?]");

    private final DefaultRuntimeCamelCatalog catalog;

    Endpoints(DefaultRuntimeCamelCatalog catalog) {
        this.catalog = catalog;
    }

    /** @param made beans that route files make: a component may be one */
    void check(RouteSource file, Set<String> made) {
        file.walkSteps((name, value) -> {
            if (PLACES.contains(name)) {
                JsonNode uri = value.isTextual() ? value : value.path("uri");
                if (uri.isTextual()) {
                    check(file, uri, value.path("parameters"), made);
                }
            }
        });
    }

    private void check(RouteSource file, JsonNode uri, JsonNode parameters, Set<String> made) {
        String text = uri.asText();
        String scheme = text.replaceFirst("[:?].*", "");
        if (scheme.contains("{{") || scheme.contains("${") || made.contains(scheme)) {
            return; // which component it is, the configuration says, or a bean of the files
        }
        if (!SCHEME.matcher(scheme).matches()) {
            file.yaml().error(uri, "no endpoint: it begins with a component's name, such as direct:name");
            return;
        }
        ComponentModel component = catalog.componentModel(scheme);
        if (component == null) {
            file.yaml().error(uri, "the hub has no component " + scheme + Meant.by(scheme, components()));
            return;
        }
        Map<String, JsonNode> given = new LinkedHashMap<>();
        query(text).keySet().forEach(option -> given.put(option, uri));
        parameters
                .properties()
                .forEach(option -> given.put(StringHelper.dashToCamelCase(option.getKey()), option.getValue()));
        options(file, uri, component, given);
        values(file, uri, component, parameters);
    }

    /** Their names stand in the jars that are there. */
    private static List<String> components() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:META-INF/services/org/apache/camel/component/*"))
                    .map(Resource::getFilename)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (IOException e) {
            return List.of(); // then there is no guess
        }
    }

    /** The options behind the question mark; none where what they are is only known when the route runs. */
    private static Map<String, String> query(String uri) {
        Map<String, String> options = new LinkedHashMap<>();
        if (uri.contains("?") && !uri.contains("${") && !uri.contains("{{") && !uri.contains("RAW")) {
            try {
                URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1))
                        .forEach((name, value) -> options.put(name, String.valueOf(value)));
            } catch (URISyntaxException e) {
                return Map.of(); // Camel says it better
            }
        }
        return options;
    }

    private static void options(RouteSource file, JsonNode uri, ComponentModel component, Map<String, JsonNode> given) {
        Collection<String> known = component.getEndpointOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName)
                .toList();
        given.forEach((option, where) -> {
            boolean inside = component.getEndpointOptions().stream()
                    .anyMatch(one -> option.startsWith(one.getName() + ".")
                            || (one.isMultiValue() && one.getPrefix() != null && option.startsWith(one.getPrefix())));
            if (!known.contains(option) && !inside && !component.isLenientProperties()) {
                file.yaml()
                        .error(
                                where,
                                "component " + component.getScheme() + " has no option " + option
                                        + Meant.by(option, known));
            }
        });
        boolean pathGiven = PATH.matcher(uri.asText()).find();
        component.getEndpointOptions().stream()
                .filter(option -> option.isRequired() && "path".equals(option.getKind()))
                .filter(option -> !pathGiven && !given.containsKey(option.getName()))
                .forEach(option ->
                        file.yaml().error(uri, "component " + component.getScheme() + " needs " + option.getName()));
    }

    private void values(RouteSource file, JsonNode uri, ComponentModel component, JsonNode parameters) {
        Map<String, String> values = new LinkedHashMap<>(query(uri.asText()));
        parameters.properties().forEach(option -> {
            if (option.getValue().isValueNode()) {
                values.put(
                        StringHelper.dashToCamelCase(option.getKey()),
                        option.getValue().asText());
            }
        });
        values.values().removeIf(value -> value.contains("{{") || value.contains("${") || value.startsWith("#"));
        EndpointValidationResult result = catalog.validateProperties(component.getScheme(), values);
        Map<String, String> wrong = new LinkedHashMap<>();
        add(wrong, result.getInvalidNumber(), "no number");
        add(wrong, result.getInvalidInteger(), "no whole number");
        add(wrong, result.getInvalidBoolean(), "neither true nor false");
        add(wrong, result.getInvalidDuration(), "no duration");
        add(wrong, result.getInvalidEnum(), "none of the values that there are");
        // without the value: it may be a password in the wrong place
        wrong.keySet().removeIf(option -> DURATION.matcher(values.getOrDefault(option, ""))
                .matches());
        wrong.forEach((option, why) ->
                file.yaml().error(parameters.has(option) ? parameters.path(option) : uri, option + " is " + why));
    }

    private static void add(Map<String, String> wrong, @Nullable Map<String, String> invalid, String why) {
        if (invalid != null) {
            invalid.keySet().forEach(option -> wrong.put(option, why));
        }
    }
}
