package camelbell.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One approved template and what goes into its variables; see whatsapp-templates.yaml for what each part is. */
record WhatsAppTemplate(
        String name,
        String language,
        String category,
        List<String> parameters,
        @Nullable String button,
        TemplateBody body) {

    /** Longest value in code points; the longest of several get less where the body leaves less. */
    static final int LONGEST_PARAMETER = 250;

    /** The Cloud API's {@code template} object. */
    Map<String, Object> fill(PlaceholderValues fields) {
        List<Map<String, Object>> components = new ArrayList<>();
        if (!parameters.isEmpty()) {
            components.add(Map.of("type", "body", "parameters", values(parameters, fields, limit(fields))));
        }
        if (button != null) {
            components.add(Map.of(
                    "type",
                    "button",
                    "sub_type",
                    "url",
                    "index",
                    "0",
                    "parameters",
                    values(List.of(button), fields, LONGEST_PARAMETER)));
        }
        return Map.of(
                "name", name,
                "language", Map.of("policy", "deterministic", "code", language),
                "components", components);
    }

    /** What the reader sees of such a template as {@link #fill} made it; null where the registry does not have its body. */
    @Nullable
    String preview(Map<String, Object> payload) {
        List<String> values = new ArrayList<>();
        if (!parameters.isEmpty()
                && payload.get("template") instanceof Map<?, ?> template
                && template.get("components") instanceof List<?> components
                && components.get(0) instanceof Map<?, ?> first
                && first.get("parameters") instanceof List<?> filled) {
            filled.forEach(value -> values.add(String.valueOf(((Map<?, ?>) value).get("text"))));
        }
        return body.filled(values);
    }

    /** The most code points that each value may have so that all of them fit; shorter values leave theirs to longer ones. */
    private int limit(PlaceholderValues fields) {
        int[] lengths = parameters.stream()
                .map(fields::get)
                .mapToInt(value -> value.codePointCount(0, value.length()))
                .toArray();
        int limit = LONGEST_PARAMETER;
        while (limit > 1 && total(lengths, limit) > body.left()) {
            limit--;
        }
        return limit;
    }

    private int total(int[] lengths, int limit) {
        return IntStream.range(0, lengths.length)
                .map(i -> Math.min(lengths[i], limit) * body.uses(i + 1))
                .sum();
    }

    private static List<Map<String, String>> values(List<String> names, PlaceholderValues fields, int longest) {
        return names.stream()
                .map(name -> Map.of("type", "text", "text", PlainText.line(fields.get(name), longest)))
                .toList();
    }
}
