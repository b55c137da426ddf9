package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beans and methods that route files name are there. */
final class BeanCalls {

    private static final Pattern IN_SIMPLE =
            Pattern.compile("\\$\\{bean:([A-Za-z0-9_]+)(?:[.?](?:method=)?([A-Za-z0-9_]+))?");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([A-Za-z][A-Za-z0-9_]*)");

    private final List<RouteSource> files;
    private final BeanIndex beans = new BeanIndex();
    private final Map<String, String> made = new HashMap<>();

    BeanCalls(List<RouteSource> files) {
        this.files = files;
        files.forEach(file -> file.beans()
                .forEach(bean ->
                        made.put(bean.path("name").asText(), bean.path("type").asText())));
    }

    void check() {
        for (RouteSource file : files) {
            file.beans().forEach(bean -> made(file, bean));
            file.all("templatedRoute").forEach(route -> {
                JsonNode outcome = RouteSource.parameter(route, "outcome");
                if (outcome.isTextual()) {
                    named(file, outcome, outcome.asText());
                }
            });
            file.walk((field, value) -> {
                if (value.path("ref").isTextual() && (field.equals("bean") || field.equals("method"))) {
                    call(file, value.path("ref"), value.path("method"));
                }
                if (value.isTextual()) {
                    inText(file, value);
                }
            });
        }
    }

    private void call(RouteSource file, JsonNode ref, JsonNode method) {
        if (!ref.asText().contains("{{") && named(file, ref, ref.asText()) && method.isTextual()) {
            method(
                    file,
                    method,
                    ref.asText(),
                    method.asText().replaceFirst("\\(.*", "").strip());
        }
    }

    private void inText(RouteSource file, JsonNode value) {
        Matcher bean = IN_SIMPLE.matcher(value.asText());
        while (bean.find()) {
            if (named(file, value, bean.group(1)) && bean.group(2) != null) {
                method(file, value, bean.group(1), bean.group(2));
            }
        }
        Matcher reference = REFERENCE.matcher(value.asText());
        if (reference.matches() && !has(reference.group(1))) {
            String meant = Meant.by(reference.group(1), names());
            if (!meant.isEmpty()) { // else it may be one of Spring's or Camel's own
                file.yaml().error(value, "no bean " + reference.group(1) + meant);
            }
        }
    }

    private boolean named(RouteSource file, JsonNode where, String bean) {
        boolean there = has(bean);
        if (!there) {
            file.yaml().error(where, "no bean " + bean + Meant.by(bean, names()));
        }
        return there;
    }

    private boolean has(String bean) {
        return made.containsKey(bean) || beans.has(bean);
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(beans.names());
        names.addAll(made.keySet());
        return names;
    }

    private void method(RouteSource file, JsonNode where, String bean, String method) {
        Set<String> methods = made.containsKey(bean) ? BeanIndex.methodsOfType(made.get(bean)) : beans.methodsOf(bean);
        if (methods != null && !methods.contains(method)) {
            file.yaml().error(where, "bean " + bean + " has no method " + method + Meant.by(method, methods));
        }
    }

    /** A bean that the file makes: its type is there, and has a setter for each of its properties. */
    private static void made(RouteSource file, JsonNode bean) {
        Set<String> methods = BeanIndex.methodsOfType(bean.path("type").asText());
        if (methods == null) {
            file.yaml().error(bean.path("type"), "no class " + bean.path("type").asText());
            return;
        }
        bean.path("properties").properties().forEach(property -> {
            if (!methods.contains(setter(property.getKey()))) {
                file.yaml()
                        .error(
                                property.getValue(),
                                "bean " + bean.path("name").asText() + " has no property " + property.getKey()
                                        + Meant.by(property.getKey(), properties(methods)));
            }
        });
    }

    private static String setter(String property) {
        return "set" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
    }

    private static List<String> properties(Set<String> methods) {
        List<String> properties = new ArrayList<>();
        for (String method : methods) {
            if (method.startsWith("set") && method.length() > 3) {
                properties.add(method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4));
            }
        }
        return properties;
    }
}
