package camelbell.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be told of one event, over which channels, in which words.
 *
 * @param words the event's own words, by the template of its type, and behind them what other rules say
 * @param over the channels of the rules that counted
 * @param candidates whom those rules meant, in their order: what an operator is told who asks why
 * @param rules what became of each rule; empty where there is one that always counts
 */
public record Plan(
        TicketEvent event,
        List<Wording> words,
        List<Channel> over,
        List<Candidates> candidates,
        List<Weighed> rules,
        List<Notice> notices) {

    /** The number of the event's own words. */
    public static final int OWN_WORDS = 0;

    /** The headline of the event's own words. */
    public String subject() {
        return words.get(OWN_WORDS).subject();
    }

    /** The sentence of the event's own words. */
    public String message() {
        return words.get(OWN_WORDS).message();
    }

    /**
     * The people of one audience, by id. A person may stand in several audiences, and is told once.
     *
     * @param rule number of the rule that named the audience, from 1; 0 is what counts otherwise
     * @param told those who are told
     * @param inactive those who are left out because the directory says that they are not active
     * @param unknown those who are left out because the directory does not have them
     * @param unmet those for whom the rule's condition does not hold, the first of them
     * @param failed those for whom the rule's condition cannot be evaluated, the first of them
     * @param unlisted how many more there are of these two
     */
    public record Candidates(
            Policy.Audience audience,
            int rule,
            List<Long> told,
            List<Long> inactive,
            List<Long> unknown,
            List<Long> unmet,
            List<Long> failed,
            int unlisted) {}

    /**
     * What became of one rule.
     *
     * @param number from 1 in the table's order; 0 is what counts otherwise
     * @param error of the condition for the event or the first person that it fails for; null when it fails for nobody
     */
    public record Weighed(int number, Policy.Rule rule, Outcome outcome, @Nullable String error) {

        /** For the event; a condition that names the person is weighed for each. */
        public enum Outcome {
            /** It counts, for those at least for whom its condition holds. */
            COUNTED,
            /** Its condition does not hold. */
            CONDITION_NOT_MET,
            /** Its condition cannot be evaluated. */
            CONDITION_FAILED
        }
    }

    /**
     * One notification to be recorded: one person, one channel.
     *
     * @param skipped why it will not be sent, or null when it will
     * @param words number of its words in the plan
     */
    public record Notice(Person recipient, Channel channel, @Nullable String skipped, int words) {}
}
