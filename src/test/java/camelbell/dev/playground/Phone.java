package camelbell.dev.playground;

import camelbell.dev.CloudApiDouble;
import camelbell.dev.ReceivedMessages.Received;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages that the WhatsApp double has taken, as their readers see them. */
final class Phone {

    private final CloudApiDouble whatsapp;
    private final Path templates;
    private final Map<String, String> names = new HashMap<>();

    /** @param templates the file with the approved texts; it may change at any time */
    Phone(CloudApiDouble whatsapp, Path templates, List<Person> everybody) {
        this.whatsapp = whatsapp;
        this.templates = templates;
        everybody.forEach(one -> names.put(one.whatsapp().replace("+", ""), one.name()));
    }

    /** The newest, the oldest of them first. */
    JsonArray newest(int limit) {
        Map<String, String> texts = texts();
        List<JsonObject> newestFirst = whatsapp.received(Integer.MAX_VALUE).stream()
                .filter(Received::accepted)
                .limit(limit)
                .map(one -> message(one, texts))
                .toList();
        JsonArray all = new JsonArray();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            all.add(newestFirst.get(i));
        }
        return all;
    }

    private JsonObject message(Received one, Map<String, String> texts) {
        JsonObject body = one.body() == null ? new JsonObject() : one.body();
        String to = String.valueOf(body.getValue("to")).replace("+", "");
        String id = one.id() == null ? "" : one.id();
        return new JsonObject()
                .put("id", id)
                .put("at", one.at())
                .put("to", names.getOrDefault(to, "+" + to))
                .put("text", text(body, texts))
                .put("receipt", whatsapp.receipt(id));
    }

    private static String text(JsonObject body, Map<String, String> texts) {
        JsonObject template = body.getJsonObject("template");
        if (template == null) {
            return body.getJsonObject("text", new JsonObject()).getString("body", "");
        }
        List<String> values = new ArrayList<>();
        for (Object part : template.getJsonArray("components", new JsonArray())) {
            if (part instanceof JsonObject component && "body".equals(component.getString("type"))) {
                component
                        .getJsonArray("parameters", new JsonArray())
                        .forEach(one -> values.add(((JsonObject) one).getString("text", "")));
            }
        }
        String name = template.getString("name");
        String language = template.getJsonObject("language", new JsonObject()).getString("code");
        String approved = texts.get(name + " " + language);
        return approved == null ? name + ": " + String.join(", ", values) : filled(approved, values);
    }

    private static String filled(String approved, List<String> values) {
        StringBuilder text = new StringBuilder();
        String rest = approved;
        for (int i = 0; i < values.size(); i++) {
            String variable = "{{" + (i + 1) + "}}";
            int at = rest.indexOf(variable);
            if (at >= 0) {
                text.append(rest, 0, at).append(values.get(i));
                rest = rest.substring(at + variable.length());
            }
        }
        return text.append(rest).toString();
    }

    /** By name and language; none while the file is being saved, or has other ideas of itself. */
    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        try {
            for (JsonNode event : new YAMLMapper().readTree(Files.readAllBytes(templates))) {
                for (JsonNode entry : event) {
                    if (entry.has("body")) {
                        texts.put(
                                entry.path("name").asText() + " "
                                        + entry.path("language").asText(),
                                entry.path("body").asText());
                    }
                }
            }
        } catch (IOException e) {
            return texts;
        }
        return texts;
    }
}
