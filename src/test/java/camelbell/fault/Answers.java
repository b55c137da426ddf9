package camelbell.fault;

import java.util.ArrayList;
import java.util.List;

/** What one good client was answered: how long each answer took, and what was none. */
final class Answers {

    /**
     * One answer.
     *
     * @param asked moment of the question
     * @param took milliseconds until the answer, or until the client gave up
     * @param fault what came instead of an answer; empty for a good one
     */
    record Answer(long asked, long took, String fault) {

        boolean good() {
            return fault.isEmpty();
        }

        long until() {
            return asked + took;
        }
    }

    private final List<Answer> all = new ArrayList<>();

    synchronized void add(long asked, String fault) {
        all.add(new Answer(asked, Moment.now() - asked, fault));
    }

    synchronized void add(Answer answer) {
        all.add(answer);
    }

    /** In the order in which they came; of questions asked in this time. */
    synchronized List<Answer> in(Span time) {
        return all.stream().filter(answer -> time.holds(answer.asked)).toList();
    }

    /** Of good answers in this time, in milliseconds; -1 when there was none. */
    long quantile(Span time, double share) {
        List<Long> sorted = in(time).stream()
                .filter(Answer::good)
                .map(Answer::took)
                .sorted()
                .toList();
        return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** Intervals without a good answer: from the first question that got none, or waited longer than this, to the next good one. */
    List<Span> outages(Span time, long patienceMs) {
        List<Span> outages = new ArrayList<>();
        long from = -1;
        for (Answer answer : in(time)) {
            boolean well = answer.good() && answer.took <= patienceMs;
            if (!well && from < 0) {
                from = answer.asked;
            }
            if (answer.good() && from >= 0) {
                outages.add(new Span(from, answer.until()));
                from = -1;
            }
        }
        if (from >= 0) {
            outages.add(new Span(from, time.to()));
        }
        return outages;
    }
}
