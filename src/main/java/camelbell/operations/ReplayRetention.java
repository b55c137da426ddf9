package camelbell.operations;

import camelbell.store.Batches;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * Forgets which dead letters were replayed, once their topic no longer has them. A batch in each transaction;
 * nodes that do it at once share the work.
 */
@Component("replayRetention")
class ReplayRetention {

    private final Batches batches;
    private final Clock clock;

    ReplayRetention(Batches batches, Clock clock) {
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * All that are old enough.
     *
     * @param kept since the dead letter was put aside, as configured, such as {@code 90d}; 0: for ever
     */
    public void replays(String kept, int batch) {
        Duration time = DurationStyle.detectAndParse(kept);
        if (!time.isZero()) {
            batches.forget(
                    """
                    DELETE FROM dead_letter_replay WHERE ctid = ANY(ARRAY(
                        SELECT ctid FROM dead_letter_replay WHERE put_aside_at >= ? AND put_aside_at < ? LIMIT ?
                        FOR UPDATE SKIP LOCKED))
                    RETURNING put_aside_at
                    """,
                    clock.instant().minus(time),
                    batch);
        }
    }
}
