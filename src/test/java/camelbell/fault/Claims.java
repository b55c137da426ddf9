package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Deliveries that were in a node's hands when it was killed: so many may come twice, no more. */
final class Claims {

    private final Rig rig;
    private final Map<String, Long> claimed = new TreeMap<>(Map.of("EMAIL", 0L, "WHATSAPP", 0L));

    Claims(Rig rig) {
        this.rig = rig;
    }

    /** Right after a kill. */
    void note() {
        claimed.replaceAll((channel, sum) -> sum + rig.database.claimed(channel));
    }

    void bound(Audit audit) {
        for (String channel : List.copyOf(claimed.keySet())) {
            assertThat(audit.duplicates(channel))
                    .as("duplicates over " + channel)
                    .isLessThanOrEqualTo(claimed.getOrDefault(channel, 0L));
        }
        assertThat(audit.duplicates("SYSTEM")).isZero();
    }

    @Override
    public String toString() {
        return "claimed at the kills: " + claimed;
    }
}
