package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.Plan;
import camelbell.model.Plan.Candidates;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What is kept of a plan beside its rows: the rule's channels and whom each audience meant when the event came. Empty
 * lists are left out, so that it stays a few dozen bytes.
 */
record StoredPlan(List<String> over, List<Candidates> tell) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, null))
            .build();

    static String json(Plan plan) {
        try {
            return JSON.writeValueAsString(
                    new StoredPlan(plan.over().stream().map(Channel::code).toList(), plan.candidates()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan of ids and names is always JSON", e);
        }
    }
}
