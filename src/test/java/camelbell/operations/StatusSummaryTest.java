package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When {@code send} knows that everybody was told. */
class StatusSummaryTest {

    @Test
    void where_everybody_is_told_alike_all_channels_are_waited_for() throws Exception {
        StatusSummary summary = new StatusSummary("e", "s", List.of("EMAIL", "SYSTEM"), true);
        hear(summary, 1, "SYSTEM");
        assertThat(summary.complete()).isFalse();
        hear(summary, 1, "EMAIL");
        assertThat(summary.complete()).isTrue();
        hear(summary, 2, "EMAIL");
        assertThat(summary.complete()).isFalse();
    }

    @Test
    void where_rules_tell_people_over_different_channels_nobody_is_waited_for_over_another_ones() throws Exception {
        StatusSummary summary = new StatusSummary("e", "s", List.of(), false);
        assertThat(summary.complete()).isFalse();
        hear(summary, 1, "EMAIL");
        hear(summary, 2, "SYSTEM");
        assertThat(summary.complete()).isTrue();
        assertThat(summary.table().lines()).containsExactly("user 1: EMAIL sent", "user 2: SYSTEM sent");
    }

    private static void hear(StatusSummary summary, long person, String channel) throws JsonProcessingException {
        summary.hear(new JsonMapper()
                .readTree("{\"event_id\":\"e\",\"source\":\"s\",\"change\":\"sent\",\"notification\":1,\"recipient\":"
                        + person + ",\"channel\":\"" + channel + "\"}"));
    }
}
