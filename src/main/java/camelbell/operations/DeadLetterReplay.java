package camelbell.operations;

import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Posts dead letters back to where they came from, as received: what a corrected policy or a newer hub can process now.
 * A dead letter is replayed once; one that is dead again is a new dead letter. Within the caller's transaction, which remembers
 * the dead letters only after the broker has stored them: a crash between the two posts them once more, and the hub knows
 * an event by its source and id.
 */
final class DeadLetterReplay {

    private final DeadLetters deadLetters;
    private final ReplayedDeadLetters replayed;

    DeadLetterReplay(DeadLetters deadLetters, JdbcClient jdbc) {
        this.deadLetters = deadLetters;
        this.replayed = new ReplayedDeadLetters(jdbc);
    }

    /** Posts those that the filter means, at that pace; not more than {@code most}. */
    DeadLetterProducer.ReplayOutcome replay(DeadLetterFilter filter, int most, Rate rate, Instant now) {
        replayed.lock();
        Map<String, Instant> before = replayed.since(filter.since());
        int[] sent = {0};
        try (DeadLetterProducer post = new DeadLetterProducer(deadLetters, rate)) {
            deadLetters.read(filter.since(), deadLetter -> {
                if (filter.means(deadLetter) && !before.containsKey(deadLetter.id())) {
                    post.send(deadLetter);
                    sent[0]++;
                }
                return sent[0] < most;
            });
            return remembered(post.flush(), now);
        }
    }

    /** Posts this one, replayed before or not: somebody pointed at it. */
    DeadLetterProducer.ReplayOutcome replay(StoredDeadLetter deadLetter, Instant now) {
        replayed.lock();
        try (DeadLetterProducer post = new DeadLetterProducer(deadLetters, Rate.UNLIMITED)) {
            post.send(deadLetter);
            return remembered(post.flush(), now);
        }
    }

    private DeadLetterProducer.ReplayOutcome remembered(DeadLetterProducer.ReplayOutcome outcome, Instant now) {
        replayed.add(outcome.posted(), now);
        return outcome;
    }
}
