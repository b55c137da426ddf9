package camelbell.operations;

import camelbell.model.Plan;
import camelbell.store.StoredPlan;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whom the rules meant when the event came, as it was kept then.
 *
 * @param tell the audiences that were looked at, each once
 * @param people what each audience meant for each person, in the rules' order
 * @param rules what became of each; empty where there was one that always counts
 */
record KeptPlan(List<String> tell, List<String> over, Map<Long, List<RuleOutcome>> people, List<RuleFate> rules) {

    private static final JsonMapper JSON = new JsonMapper();

    /** What a list of ids means for those who stand in it; what says most of a person who stands in several comes first. */
    private static final Map<String, String> LISTS = lists();

    private static Map<String, String> lists() {
        Map<String, String> lists = new LinkedHashMap<>();
        lists.put("told", "TOLD");
        lists.put("failed", "CONDITION_FAILED");
        lists.put("unmet", "CONDITION_NOT_MET");
        lists.put("inactive", "INACTIVE");
        lists.put("unknown", "UNKNOWN");
        return lists;
    }

    /**
     * What one audience of one rule meant for somebody.
     *
     * @param rule its number or {@code otherwise}; null where there was one that always counts
     */
    record RuleOutcome(@Nullable String rule, String audience, String outcome) {}

    /**
     * What became of one rule: {@code COUNTED}, {@code CONDITION_NOT_MET} or {@code CONDITION_FAILED} for the event.
     *
     * @param unlisted how many people its condition left out beyond those who are listed; null where all are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuleFate(
            String rule,
            List<String> tell,
            List<String> over,
            @Nullable String when,
            String outcome,
            @Nullable String error,
            @Nullable Integer unlisted) {}

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

    /** The same of a plan that is not kept, by the way that those take which are: whoever reads both reads the same words. */
    static KeptPlan of(Plan plan) {
        try {
            return of(JSON.readTree(StoredPlan.json(plan)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored plan is always JSON", e);
        }
    }

    /** The audiences in which somebody stood, each once. */
    List<String> because(long user) {
        return people.getOrDefault(user, List.of()).stream()
                .map(RuleOutcome::audience)
                .distinct()
                .toList();
    }

    /** What all audiences came to for somebody; of who is listed nowhere it cannot be told where not all are listed. */
    String outcome(long user) {
        Set<String> found = people.getOrDefault(user, List.of()).stream()
                .map(RuleOutcome::outcome)
                .collect(Collectors.toSet());
        return LISTS.values().stream()
                .filter(found::contains)
                .findFirst()
                .orElseGet(
                        () -> rules.stream().anyMatch(rule -> rule.unlisted() != null) ? "NOT_RECORDED" : "NOT_MEANT");
    }

    /** What each rule came to for somebody; empty where there was one that always counts. */
    List<RuleOutcome> byRule(long user) {
        return rules.isEmpty() ? List.of() : people.getOrDefault(user, List.of());
    }

    private static KeptPlan of(JsonNode plan) {
        Set<String> tell = new LinkedHashSet<>();
        Map<Long, List<RuleOutcome>> people = new LinkedHashMap<>();
        for (JsonNode candidates : plan.path("tell")) {
            String audience = candidates.path("audience").asText();
            String rule = candidates.has("rule") ? name(candidates.path("rule")) : null;
            tell.add(audience);
            LISTS.forEach((list, outcome) -> candidates.path(list).forEach(id -> people.computeIfAbsent(
                            id.asLong(), user -> new ArrayList<>())
                    .add(new RuleOutcome(rule, audience, outcome))));
        }
        return new KeptPlan(
                List.copyOf(tell),
                list(plan.path("over"), JsonNode::asText),
                people,
                list(
                        plan.path("rules"),
                        rule -> fate(rule, unlisted(plan, rule.path("rule").asInt()))));
    }

    private static @Nullable Integer unlisted(JsonNode plan, int rule) {
        int unlisted = 0;
        for (JsonNode candidates : plan.path("tell")) {
            unlisted += candidates.path("rule").asInt() == rule
                    ? candidates.path("unlisted").asInt()
                    : 0;
        }
        return unlisted == 0 ? null : unlisted;
    }

    private static RuleFate fate(JsonNode rule, @Nullable Integer unlisted) {
        return new RuleFate(
                name(rule.path("rule")),
                list(rule.path("tell"), JsonNode::asText),
                list(rule.path("over"), JsonNode::asText),
                rule.hasNonNull("when") ? rule.path("when").asText() : null,
                rule.path("outcome").asText(),
                rule.hasNonNull("error") ? rule.path("error").asText() : null,
                unlisted);
    }

    private static String name(JsonNode number) {
        return number.asInt() == 0 ? "otherwise" : number.asText();
    }

    private static <T> List<T> list(JsonNode nodes, Function<JsonNode, T> of) {
        return StreamSupport.stream(nodes.spliterator(), false).map(of).toList();
    }
}
