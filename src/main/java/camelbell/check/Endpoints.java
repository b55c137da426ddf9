package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Endpoints are of components that the hub has, and their options are those of the component, with values that fit. */
final class Endpoints {

    private static final Set<String> PLACES = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

    private static final Pattern OPTION = Pattern.compile("[?&]([^=&?]+)");

    private final DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();

    Endpoints(CamelContext camel) {
        catalog.setCamelContext(camel);
        catalog.start();
    }

    void check(RouteSource file) {
        file.walk((name, value) -> {
            if (PLACES.contains(name)) {
                JsonNode uri = value.isTextual() ? value : value.path("uri");
                if (uri.isTextual()) {
                    check(file, uri, value.path("parameters"));
                }
            }
        });
    }

    private void check(RouteSource file, JsonNode uri, JsonNode parameters) {
        String text = uri.asText();
        String scheme = text.replaceFirst("[:?].*", "");
        if (scheme.contains("{{") || scheme.contains("${")) {
            return; // which component it is, the configuration says
        }
        ComponentModel component = catalog.componentModel(scheme);
        if (component == null) {
            file.yaml().error(uri, "the hub has no component " + scheme + Meant.by(scheme, components()));
            return;
        }
        Map<String, JsonNode> given = new LinkedHashMap<>();
        query(text).forEach(option -> given.put(option, uri));
        parameters.properties().forEach(option -> given.put(option.getKey(), option.getValue()));
        options(file, component, given);
        values(file, component, parameters);
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

    private static List<String> query(String uri) {
        List<String> names = new ArrayList<>();
        Matcher option = OPTION.matcher(uri);
        while (option.find()) {
            names.add(option.group(1));
        }
        return names;
    }

    private static void options(RouteSource file, ComponentModel component, Map<String, JsonNode> given) {
        Collection<String> known = component.getEndpointOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName)
                .toList();
        given.forEach((option, where) -> {
            boolean multi = component.getEndpointOptions().stream()
                    .anyMatch(
                            one -> one.isMultiValue() && one.getPrefix() != null && option.startsWith(one.getPrefix()));
            if (!known.contains(option) && !multi && !component.isLenientProperties()) {
                file.yaml()
                        .error(
                                where,
                                "component " + component.getScheme() + " has no option " + option
                                        + Meant.by(option, known));
            }
        });
    }

    private void values(RouteSource file, ComponentModel component, JsonNode parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.properties().forEach(option -> {
            String value = option.getValue().asText();
            if (option.getValue().isValueNode() && !value.contains("{{") && !value.startsWith("#")) {
                values.put(option.getKey(), value);
            }
        });
        EndpointValidationResult result = catalog.validateProperties(component.getScheme(), values);
        wrong(file, parameters, result.getInvalidNumber(), "no number");
        wrong(file, parameters, result.getInvalidInteger(), "no whole number");
        wrong(file, parameters, result.getInvalidBoolean(), "neither true nor false");
        wrong(file, parameters, result.getInvalidDuration(), "no duration");
        wrong(file, parameters, result.getInvalidEnum(), "none of the values that there are");
    }

    private static void wrong(RouteSource file, JsonNode parameters, Map<String, String> invalid, String why) {
        if (invalid != null) {
            invalid.forEach((option, value) ->
                    file.yaml().error(parameters.path(option), option + " is " + value + ", which is " + why));
        }
    }
}
