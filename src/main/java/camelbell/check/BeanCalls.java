package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beans and methods that route files name are there, and classes of which they make some. */
final class BeanCalls {

    private static final Pattern IN_SIMPLE =
            Pattern.compile("\\$\\{bean:(?!type:)([A-Za-z0-9_-]+)(?:[.?](?:method=)?([A-Za-z0-9_]+))?");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([A-Za-z][A-Za-z0-9_]*)");
    private static final Pattern CLASS = Pattern.compile("#class:([A-Za-z0-9_.$]+).*");
    private static final Pattern ARGUMENTS = Pattern.compile("\\(.*", Pattern.DOTALL);

    private final List<RouteSource> files;
    private final BeanIndex beans;
    private final Map<String, String> made = new HashMap<>();

    BeanCalls(List<RouteSource> files, BeanIndex beans) {
        this.files = files;
        this.beans = beans;
        files.forEach(
                file -> file.beans().forEach(bean -> made.put(bean.path("name").asText(), type(bean))));
    }

    void check() {
        for (RouteSource file : files) {
            file.beans().forEach(bean -> made(file, bean));
            file.all("templatedRoute").stream()
                    .map(route -> RouteSource.parameter(route, "outcome"))
                    .filter(outcome -> outcome.isTextual() && !outcome.asText().contains("{{"))
                    .forEach(outcome -> named(file, outcome, outcome.asText()));
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
        String bean = ref.asText().replaceFirst("^#(bean:)?", "");
        boolean literal = !bean.contains("{{") && !bean.contains(":");
        if (literal && named(file, ref, bean) && method.isTextual()) {
            String name = ARGUMENTS.matcher(method.asText()).replaceFirst("").strip();
            if (!name.contains("{{")) {
                method(file, method, bean, name);
            }
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
        Matcher type = CLASS.matcher(value.asText());
        if (type.matches() && BeanIndex.methodsOfType(type.group(1)) == null) {
            file.yaml().error(value, "no class " + type.group(1));
        }
    }

    private boolean named(RouteSource file, JsonNode where, String bean) {
        if (has(bean)) {
            return true;
        }
        String meant = Meant.by(bean, names());
        if (meant.isEmpty()) {
            file.yaml().warning(where, "the hub has no bean " + bean + ", unless it is one of Spring's or Camel's own");
        } else {
            file.yaml().error(where, "no bean " + bean + meant);
        }
        return false;
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
        if (methods == null || methods.contains(method) || method.isEmpty()) {
            return;
        }
        String meant = Meant.by(method, methods);
        if (meant.isEmpty() && !made.containsKey(bean) && beans.isOfAnInterface(bean)) {
            file.yaml().warning(where, "bean " + bean + " has no method " + method + ", unless its class has more");
        } else {
            file.yaml().error(where, "bean " + bean + " has no method " + method + meant);
        }
    }

    /** Empty for a bean that a script or a factory makes. */
    private static String type(JsonNode bean) {
        String type = bean.path("type").asText().replaceFirst("^#class:", "");
        boolean other = type.contains("{{") || type.startsWith("#");
        return other ? "" : ARGUMENTS.matcher(type).replaceFirst("");
    }

    /** A bean that the file makes: its type is there, and has a setter for each of its properties. */
    private void made(RouteSource file, JsonNode bean) {
        String name = bean.path("name").asText();
        if (beans.has(name)) {
            file.yaml().error(bean.path("name"), "the hub has a bean " + name + " already");
        }
        String type = type(bean);
        Set<String> methods = BeanIndex.methodsOfType(type);
        if (methods == null) {
            if (!type.isEmpty()) {
                file.yaml().error(bean.path("type"), "no class " + type);
            }
            return;
        }
        Set<String> known = properties(methods);
        bean.path("properties").properties().forEach(property -> {
            String key = property.getKey().replace("-", "").toLowerCase(Locale.ROOT);
            boolean nested = key.contains(".") || key.contains("[");
            if (!nested
                    && known.stream()
                            .noneMatch(one -> one.toLowerCase(Locale.ROOT).equals(key))) {
                file.yaml()
                        .error(
                                property.getValue(),
                                "bean " + name + " has no property " + property.getKey()
                                        + Meant.by(property.getKey(), known));
            }
        });
    }

    private static Set<String> properties(Set<String> methods) {
        Set<String> properties = new TreeSet<>();
        for (String method : methods) {
            if (method.startsWith("set") && method.length() > 3) {
                properties.add(method.substring(3, 4).toLowerCase(Locale.ROOT) + method.substring(4));
            }
        }
        return properties;
    }
}
