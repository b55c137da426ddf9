package camelbell.check;

import camelbell.configuration.Meant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.ClassPathResource;

/** Keys of the configuration that route files name: they must be ones that the hub has, or ones that are set. */
final class Placeholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\s*(\\?)?([^{}:?]+?)(:(?:[^{}]|\\$\\{[^{}]*})*)?\\s*}}");

    private final PropertyResolver settings;
    private final Set<String> known = new HashSet<>();

    Placeholders(PropertyResolver settings) {
        this.settings = settings;
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties properties = yaml.getObject();
        if (properties != null) {
            properties.keySet().forEach(key -> known.add(String.valueOf(key))); // not all values are texts
        }
    }

    /** The text with an example for each placeholder, for checks of what stands around them. */
    static String filled(String text, String example) {
        return PLACEHOLDER.matcher(text).replaceAll(Matcher.quoteReplacement(example));
    }

    void check(RouteSource file) {
        keys(file);
        file.all("routeTemplate").forEach(template -> {
            Set<String> parameters = new HashSet<>();
            template.path("parameters")
                    .forEach(parameter -> parameters.add(parameter.path("name").asText()));
            RouteSource.walk(template, (name, value) -> check(file, value, parameters));
        });
        for (JsonNode element : file.yaml().content()) {
            if (!element.has("routeTemplate")) {
                RouteSource.walk(element, (name, value) -> check(file, value, Set.of()));
            }
        }
    }

    /** Beans that read a secret themselves are given its key alone, so that it stands on no exchange. */
    private void keys(RouteSource file) {
        file.beans().forEach(bean -> bean.path("properties").properties().stream()
                .filter(property -> property.getKey().endsWith("Key"))
                .map(Map.Entry::getValue)
                .filter(key -> key.asText().startsWith("camelbell."))
                .forEach(key -> check(file, key, key.asText(), Set.of())));
    }

    private void check(RouteSource file, JsonNode value, Set<String> parameters) {
        if (value.isArray()) {
            value.forEach(item -> check(file, item, parameters));
        }
        if (!value.isTextual()) {
            return;
        }
        Matcher placeholder = PLACEHOLDER.matcher(value.asText());
        while (placeholder.find()) {
            if (placeholder.group(1) == null && placeholder.group(3) == null) {
                check(file, value, placeholder.group(2), parameters);
            } else if (placeholder.group(3) != null && placeholder.group(2).equals("env")) {
                environment(file, value, placeholder.group(3).substring(1));
            }
        }
    }

    private void check(RouteSource file, JsonNode value, String key, Set<String> parameters) {
        if (parameters.contains(key) || known.contains(key) || settings.containsProperty(key)) {
            return;
        }
        Set<String> candidates = new HashSet<>(known);
        candidates.addAll(parameters);
        String meant = Meant.by(key, candidates);
        if (candidates.stream().anyMatch(word -> Meant.isSlip(key, word))) {
            file.yaml().error(value, "no key " + key + " in the configuration" + meant);
        } else { // it may be one of a channel's own
            file.yaml()
                    .warning(
                            value,
                            key
                                    + " is set nowhere here; the hub will need it, for instance as the environment variable "
                                    + variable(key) + meant);
        }
    }

    /** {@code {{env:NAME}}} and {@code {{env:NAME:default}}}. */
    private void environment(RouteSource file, JsonNode value, String name) {
        if (!name.contains(":") && System.getenv(name) == null) {
            file.yaml().warning(value, "the environment has no variable " + name + " here; the hub will need it");
        }
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
