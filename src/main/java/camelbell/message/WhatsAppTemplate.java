package camelbell.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One approved template and what goes into its variables; see whatsapp-templates.yaml for what each part is. */
record WhatsAppTemplate(
        String name, String language, String category, List<String> parameters, @Nullable String button) {

    /** Longest parameter in code points; all of them together must leave room in the body's 1024. */
    private static final int LONGEST_PARAMETER = 250;

    /** The Cloud API's {@code template} object. */
    Map<String, Object> fill(TicketFields fields) {
        List<Map<String, Object>> components = new ArrayList<>();
        if (!parameters.isEmpty()) {
            components.add(Map.of("type", "body", "parameters", values(parameters, fields)));
        }
        if (button != null) {
            components.add(Map.of(
                    "type", "button", "sub_type", "url", "index", "0", "parameters", values(List.of(button), fields)));
        }
        return Map.of(
                "name", name,
                "language", Map.of("policy", "deterministic", "code", language),
                "components", components);
    }

    private static List<Map<String, String>> values(List<String> names, TicketFields fields) {
        return names.stream()
                .map(name -> Map.of("type", "text", "text", PlainText.line(fields.get(name), LONGEST_PARAMETER)))
                .toList();
    }
}
