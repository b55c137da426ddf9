package camelbell.check;

import camelbell.configuration.Meant;
import camelbell.model.Channel;
import camelbell.model.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Routes that are made of templates: their parameters, and for channels that table, template and steps fit together. */
final class Channels {

    /** By its name, as route files know it. */
    private static final String HTTP_PROVIDER = "camelbell.channel.http.HttpProvider";

    private static final String TEMPLATE = "channel";

    private final List<RouteSource> files;
    private final Calls calls;
    private final Map<String, JsonNode> templates = new HashMap<>();

    Channels(List<RouteSource> files, Calls calls) {
        this.files = files;
        this.calls = calls;
        files.forEach(file -> file.all("routeTemplate")
                .forEach(template -> templates.put(template.path("id").asText(), template)));
    }

    /** @param policy null when it cannot be read */
    void check(@Nullable Policy policy) {
        idleProviders();
        for (RouteSource file : files) {
            for (JsonNode made : file.all("templatedRoute")) {
                JsonNode reference = made.path("routeTemplateRef");
                JsonNode template = templates.get(reference.asText());
                if (template == null) {
                    file.yaml()
                            .error(
                                    reference,
                                    "no routeTemplate " + reference.asText()
                                            + Meant.by(reference.asText(), templates.keySet()));
                } else {
                    parameters(file, made, template);
                }
                if (reference.asText().equals(TEMPLATE)) {
                    channel(file, made, policy);
                }
            }
        }
    }

    /** The start refuses one that would never be set up. */
    private void idleProviders() {
        Set<String> outcomes = new HashSet<>();
        files.forEach(file -> file.all("templatedRoute")
                .forEach(made ->
                        outcomes.add(RouteSource.parameter(made, "outcome").asText())));
        for (RouteSource file : files) {
            file.beans().stream()
                    .filter(bean -> bean.path("type")
                            .asText()
                            .replaceFirst("^#class:", "")
                            .equals(HTTP_PROVIDER))
                    .filter(bean -> !outcomes.contains(bean.path("name").asText()))
                    .forEach(bean -> file.yaml()
                            .error(
                                    bean,
                                    "HTTP provider " + bean.path("name").asText() + " is the outcome of no channel; a"
                                            + " templatedRoute must say outcome: "
                                            + bean.path("name").asText()));
        }
    }

    private static void parameters(RouteSource file, JsonNode made, JsonNode template) {
        Set<String> known = new HashSet<>();
        for (JsonNode parameter : template.path("parameters")) {
            String name = parameter.path("name").asText();
            known.add(name);
            boolean due =
                    !parameter.has("defaultValue") && parameter.path("required").asBoolean(true);
            if (due && RouteSource.parameter(made, name).isMissingNode()) {
                file.yaml()
                        .error(
                                made,
                                "no parameter " + name + ", which template "
                                        + made.path("routeTemplateRef").asText() + " needs");
            }
        }
        for (JsonNode given : made.path("parameters")) {
            String name = given.path("name").asText();
            if (!known.contains(name)) {
                file.yaml()
                        .warning(
                                given.path("name"),
                                "template " + made.path("routeTemplateRef").asText() + " has no parameter " + name
                                        + Meant.by(name, known));
            }
        }
    }

    private void channel(RouteSource file, JsonNode made, @Nullable Policy policy) {
        JsonNode attempt = RouteSource.parameter(made, "attempt");
        if (attempt.isTextual() && !calls.offers(attempt.asText())) {
            file.yaml()
                    .error(attempt, "no route begins with direct:" + attempt.asText() + calls.meant(attempt.asText()));
        }
        JsonNode code = RouteSource.parameter(made, "channel");
        if (policy == null || !code.isTextual()) {
            return;
        }
        Channel channel = policy.channels().get(code.asText());
        if (channel == null) {
            file.yaml()
                    .warning(
                            code,
                            "policy.yaml has no channel " + code.asText()
                                    + Meant.by(code.asText(), policy.channels().keySet())
                                    + "; nothing is sent over it");
            return;
        }
        JsonNode id = made.path("routeId");
        JsonNode queue = RouteSource.parameter(made, "queue");
        if (!channel.route().equals(id.asText()) || !channel.route().equals(queue.asText())) {
            file.yaml()
                    .error(
                            id,
                            "channel " + channel.code() + " has route " + channel.route()
                                    + " in policy.yaml, but " + id.asText() + " with queue " + queue.asText()
                                    + " here; all three must be the same");
        }
    }
}
