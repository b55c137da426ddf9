package camelbell.dev;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Meta refuses in the body of {@code POST /messages}, as far as a ticket hub can get it wrong. */
final class MessageRules {

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,20}");
    private static final Pattern FORBIDDEN_IN_PARAMETER = Pattern.compile("[\\n\\r\\t]| {5}");
    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_TEMPLATE_BODY = 1024;
    private static final int LONGEST_CALLBACK_DATA = 512;

    private MessageRules() {}

    /** The first rule that the message breaks; empty when Meta would take it. */
    static Optional<MetaError> firstBroken(JsonObject message) {
        try {
            return Optional.ofNullable(envelope(message)).or(() -> Optional.ofNullable(content(message)));
        } catch (ClassCastException e) {
            return Optional.of(MetaError.invalid("A field has the wrong JSON type: " + e.getMessage()));
        }
    }

    private static @Nullable MetaError envelope(JsonObject message) {
        for (String field : new String[] {"messaging_product", "to", "type"}) {
            if (isBlank(message.getString(field))) {
                return MetaError.missing(field);
            }
        }
        if (!"whatsapp".equals(message.getString("messaging_product"))) {
            return MetaError.invalid("Param messaging_product must be one of {WHATSAPP}");
        }
        if (!PHONE.matcher(message.getString("to")).matches()) {
            return new MetaError(
                    400, 131009, "(#131009) Parameter value is not valid", "Param to is not a phone number");
        }
        return message.getString("biz_opaque_callback_data", "").length() > LONGEST_CALLBACK_DATA
                ? MetaError.invalid("Param biz_opaque_callback_data is longer than " + LONGEST_CALLBACK_DATA)
                : null;
    }

    private static @Nullable MetaError content(JsonObject message) {
        String type = message.getString("type");
        JsonObject content = message.getJsonObject(type);
        if (content == null) {
            return MetaError.missing(type);
        }
        return switch (type) {
            case "template" -> template(content);
            case "text" -> text(content);
            default -> new MetaError(400, 131051, "(#131051) Unsupported message type", "Type " + type);
        };
    }

    private static @Nullable MetaError text(JsonObject text) {
        String body = text.getString("body");
        if (isBlank(body)) {
            return MetaError.missing("text.body");
        }
        return body.codePointCount(0, body.length()) > LONGEST_TEXT
                ? MetaError.invalid("Param text.body must be at most " + LONGEST_TEXT + " characters long")
                : null;
    }

    private static @Nullable MetaError template(JsonObject template) {
        if (isBlank(template.getString("name"))) {
            return MetaError.missing("template.name");
        }
        JsonObject language = template.getJsonObject("language", new JsonObject());
        if (isBlank(language.getString("code"))) {
            return MetaError.missing("template.language.code");
        }
        return parameters(template.getJsonArray("components", new JsonArray()));
    }

    private static @Nullable MetaError parameters(JsonArray components) {
        for (Object component : components) {
            if ("body".equals(((JsonObject) component).getString("type"))
                    && length((JsonObject) component) > LONGEST_TEMPLATE_BODY) {
                return MetaError.templateTooLong();
            }
            for (Object parameter : ((JsonObject) component).getJsonArray("parameters", new JsonArray())) {
                MetaError broken = parameter((JsonObject) parameter);
                if (broken != null) {
                    return broken;
                }
            }
        }
        return null;
    }

    /** Of the values alone: the double knows no approved texts. */
    private static int length(JsonObject component) {
        return component.getJsonArray("parameters", new JsonArray()).stream()
                .map(parameter -> ((JsonObject) parameter).getString("text", ""))
                .mapToInt(text -> text.codePointCount(0, text.length()))
                .sum();
    }

    private static @Nullable MetaError parameter(JsonObject parameter) {
        if (!"text".equals(parameter.getString("type"))) {
            return null;
        }
        String text = parameter.getString("text");
        if (isBlank(text)) {
            return new MetaError(
                    400,
                    131008,
                    "(#131008) Required parameter is missing",
                    "Parameter of type text is missing text value");
        }
        return FORBIDDEN_IN_PARAMETER.matcher(text).find() ? MetaError.templateParameter() : null;
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
