package camelbell.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule meant when the event came, as it was kept then.
 *
 * @param because the audiences of each person, in the rule's order
 * @param outcomes of each person: TOLD, INACTIVE or UNKNOWN
 */
record KeptPlan(List<String> tell, List<String> over, Map<Long, List<String>> because, Map<Long, String> outcomes) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> LISTS =
            Map.of("told", "TOLD", "inactive", "INACTIVE", "unknown", "UNKNOWN");

    static @Nullable KeptPlan parse(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A jsonb column is always JSON", e);
        }
    }

    private static KeptPlan of(JsonNode plan) {
        KeptPlan kept =
                new KeptPlan(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        plan.path("over").forEach(channel -> kept.over.add(channel.asText()));
        for (JsonNode candidates : plan.path("tell")) {
            String audience = candidates.path("audience").asText();
            kept.tell.add(audience);
            LISTS.forEach((list, outcome) -> candidates.path(list).forEach(id -> {
                kept.because
                        .computeIfAbsent(id.asLong(), user -> new ArrayList<>())
                        .add(audience);
                kept.outcomes.put(id.asLong(), outcome);
            }));
        }
        return kept;
    }
}
