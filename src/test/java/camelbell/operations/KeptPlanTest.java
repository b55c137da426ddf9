package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class KeptPlanTest {

    @Test
    void of_who_is_not_listed_it_cannot_be_told_why_once_more_were_left_out_than_are_listed() {
        String plan =
                """
                {"over":["EMAIL"],"tell":[{"audience":"ROLE CLIENT","rule":1,"unmet":[3,4]%s},
                 {"audience":"ADMINS","rule":2,"told":[1]}],
                 "rules":[{"rule":1,"outcome":"COUNTED"},{"rule":2,"outcome":"COUNTED"}]}""";
        KeptPlan whole = parsed(plan.formatted(""));
        KeptPlan cut = parsed(plan.formatted(",\"unlisted\":7"));

        assertThat(whole.outcome(5)).isEqualTo("NOT_MEANT");
        assertThat(cut.outcome(5)).isEqualTo("NOT_RECORDED");
        assertThat(cut.outcome(4)).isEqualTo("CONDITION_NOT_MET");
        assertThat(cut.outcome(1)).isEqualTo("TOLD");
        assertThat(whole.rules()).extracting(KeptPlan.RuleFate::unlisted).containsExactly(null, null);
        assertThat(cut.rules()).extracting(KeptPlan.RuleFate::unlisted).containsExactly(7, null);
    }

    private static KeptPlan parsed(String json) {
        return Objects.requireNonNull(KeptPlan.parse(json));
    }
}
