package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.Plan;
import camelbell.model.Plan.Candidates;
import camelbell.model.Plan.Weighed;
import camelbell.model.Policy.Audience;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a plan beside its rows: the channels of the rules that counted, whom each audience meant when the event
 * came, and, where there is more to say than that the one rule counted, what became of each rule. Empty lists are left out, so
 * that it stays a few dozen bytes where one rule told a few people; rules with conditions are kept with their texts.
 */
public record StoredPlan(List<String> over, List<Told> tell, List<Fate> rules) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, null))
            .build();

    /**
     * @param rule its number; null where there is one that always counts
     * @param unlisted null where all are listed
     */
    private record Told(
            String audience,
            @Nullable Integer rule,
            List<Long> told,
            List<Long> inactive,
            List<Long> unknown,
            List<Long> unmet,
            List<Long> failed,
            @Nullable Integer unlisted) {

        static Told of(Candidates of, boolean plain) {
            return new Told(
                    of.audience().label(),
                    plain ? null : of.rule(),
                    of.told(),
                    of.inactive(),
                    of.unknown(),
                    of.unmet(),
                    of.failed(),
                    of.unlisted() == 0 ? null : of.unlisted());
        }
    }

    private record Fate(
            int rule,
            List<String> tell,
            List<String> over,
            @Nullable String when,
            String outcome,
            @Nullable String error) {

        static Fate of(Weighed of) {
            return new Fate(
                    of.number(),
                    of.rule().tell().stream().map(Audience::label).toList(),
                    codes(of.rule().over()),
                    of.rule().when() == null ? null : of.rule().when().text(),
                    of.outcome().name(),
                    of.error());
        }
    }

    /** As it stands in {@code ticket_event.plan}, which {@code explain} reads. */
    public static String json(Plan plan) {
        boolean plain = plan.rules().isEmpty();
        try {
            return JSON.writeValueAsString(new StoredPlan(
                    codes(plan.over()),
                    plan.candidates().stream().map(of -> Told.of(of, plain)).toList(),
                    plan.rules().stream().map(Fate::of).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan of ids and names is always JSON", e);
        }
    }

    private static List<String> codes(List<Channel> channels) {
        return channels.stream().map(Channel::code).toList();
    }
}
