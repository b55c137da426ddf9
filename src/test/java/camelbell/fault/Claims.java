package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deliveries that were in a node's hands when it was killed: so many may come twice, no more, and of each channel no more
 * than the attempts that a node may have begun and not written down, beside those that got no answer.
 */
final class Claims {

    private final Rig rig;
    private final Map<String, Long> claimed = new TreeMap<>(Map.of("EMAIL", 0L, "WHATSAPP", 0L));
    private int kills;

    Claims(Rig rig) {
        this.rig = rig;
    }

    /** Right after a kill. */
    void note() {
        alsoKilled();
        claimed.replaceAll((channel, sum) -> sum + rig.database.claimed(channel));
    }

    /** A node that was killed before it could claim anything of its own. */
    void alsoKilled() {
        kills++;
    }

    void bound(Audit audit) {
        for (String channel : List.copyOf(claimed.keySet())) {
            assertThat(audit.duplicates(channel))
                    .as("duplicates over " + channel)
                    .isLessThanOrEqualTo(claimed.getOrDefault(channel, 0L))
                    .isLessThanOrEqualTo((long) kills * Rig.UNWRITTEN + rig.database.unanswered(channel));
        }
        assertThat(audit.duplicates("SYSTEM")).isZero();
    }

    @Override
    public String toString() {
        return "claimed at the kills: " + claimed;
    }
}
