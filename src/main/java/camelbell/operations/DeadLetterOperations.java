package camelbell.operations;

import camelbell.rest.Answer;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lists, shows and replays dead letters for operators. */
@Component("deadLetterOperations")
class DeadLetterOperations {

    private static final int PAGE = 100;

    /** Dead letters that one order posts at most: at the rate of the configuration a call stays a matter of seconds. */
    private static final int MOST = 500;

    private static final Pattern ID = Pattern.compile("(.{1,249})-([0-9]{1,6})-([0-9]{1,18})");
    private static final Comparator<DeadLetterView> OLDEST_FIRST =
            Comparator.comparing(DeadLetterView::at).thenComparing(DeadLetterView::id);

    private final AdminAuthorization authorization;
    private final DeadLetters deadLetters;
    private final DeadLetterReplay replay;
    private final ReplayedDeadLetters replayed;
    private final Audit audit;
    private final Rate rate;
    private final String usersDeadLetters;
    private final Clock clock;
    private final TransactionTemplate transaction;

    /** A reader holds a dead letter or two in memory, and dead letters are as large as what died. */
    private final Bulkhead reads = new Bulkhead(2, 6);

    private final Bulkhead replays = new Bulkhead(1, 3);

    DeadLetterOperations(
            AdminAuthorization authorization,
            JdbcClient jdbc,
            DeadLetters deadLetters,
            @Value("${camelbell.operations.replay-rate}") int perSecond,
            @Value("${camelbell.kafka.topics.users-dead-letters}") String usersDeadLetters,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.authorization = authorization;
        this.deadLetters = deadLetters;
        this.replay = new DeadLetterReplay(deadLetters, jdbc);
        this.replayed = new ReplayedDeadLetters(jdbc);
        this.audit = new Audit(jdbc);
        this.rate = new Rate(perSecond);
        this.usersDeadLetters = usersDeadLetters;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The newest 100 that the filter means; older ones lie before {@code until}. */
    public Answer list(Map<String, Object> headers) {
        return authorization.pass(
                headers, call -> filtered(call, true, filter -> reads.take(() -> Answer.ok(page(filter)))));
    }

    private DeadLetterPage page(DeadLetterFilter filter) {
        PriorityQueue<DeadLetterView> newest = new PriorityQueue<>(PAGE + 1, OLDEST_FIRST);
        deadLetters.read(filter.since(), deadLetter -> {
            if (filter.means(deadLetter) && newest.add(DeadLetterView.listed(deadLetter)) && newest.size() > PAGE) {
                newest.remove();
            }
            return true;
        });
        Map<String, Instant> again =
                replayed.among(newest.stream().map(DeadLetterView::place).toList());
        return new DeadLetterPage(newest.stream()
                .sorted(OLDEST_FIRST.reversed())
                .map(deadLetter -> deadLetter.replayed(again.get(deadLetter.id())))
                .toList());
    }

    /** One dead letter, with its value. */
    public Answer one(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> reads.take(() -> {
                    StoredDeadLetter deadLetter = deadLetter(call.id());
                    return deadLetter == null
                            ? Answer.notFound()
                            : Answer.ok(DeadLetterView.whole(deadLetter, holdsAddresses(deadLetter))
                                    .replayed(replayed.among(List.of(deadLetter.place()))
                                            .get(deadLetter.id())));
                }));
    }

    private boolean holdsAddresses(StoredDeadLetter deadLetter) {
        return deadLetter.record().topic().equals(usersDeadLetters);
    }

    /** Posts one dead letter again, also when it was before. */
    public Answer replayOne(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> replays.take(() -> {
                    StoredDeadLetter deadLetter = deadLetter(call.id());
                    return deadLetter == null ? Answer.notFound() : ordered(() -> replayOne(call, deadLetter));
                }));
    }

    private Answer replayOne(AdminCall call, StoredDeadLetter deadLetter) {
        DeadLetterProducer.ReplayOutcome outcome = replay.replay(deadLetter, clock.instant());
        int count = outcome.posted().size();
        audit.note(clock.instant(), "user:" + call.user(), "replay", Map.of("id", call.id()), count);
        if (!outcome.gone().isEmpty()) {
            return Answer.gone("This letter holds only the head of the record, and the original is gone.");
        }
        return outcome.refused().isEmpty()
                ? Answer.ok(new Count(count, false, null, null))
                : Answer.conflict("The topic that the record came from refuses it; see its max.message.bytes.");
    }

    public Answer replay(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> filtered(call, false, filter -> replays.take(() -> ordered(() -> replayAll(call, filter)))));
    }

    private Answer replayAll(AdminCall call, DeadLetterFilter filter) {
        DeadLetterProducer.ReplayOutcome outcome = replay.replay(filter, MOST, rate, clock.instant());
        audit.note(
                clock.instant(),
                "user:" + call.user(),
                "replay",
                filter.given(),
                outcome.posted().size());
        return Answer.ok(Count.of(outcome, MOST));
    }

    /** In one transaction, begun once it is the call's turn: who waits for that holds no connection. */
    private Answer ordered(Supplier<Answer> order) {
        return Objects.requireNonNull(transaction.execute(status -> order.get()));
    }

    private Answer filtered(AdminCall call, boolean allowed, Function<DeadLetterFilter, Answer> work) {
        try {
            DeadLetterFilter filter = DeadLetterFilter.of(call.parameters(), clock.instant());
            return filter.everything() && !allowed
                    ? Answer.invalid("query", "Name at least one of topic, code, since, until.")
                    : work.apply(filter);
        } catch (IllegalArgumentException unreadable) {
            return Answer.invalid("query", String.valueOf(unreadable.getMessage()));
        }
    }

    private @Nullable StoredDeadLetter deadLetter(String id) {
        Matcher place = ID.matcher(id);
        return place.matches() && deadLetters.origins().containsKey(place.group(1))
                ? deadLetters.at(place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3)))
                : null;
    }

    private record DeadLetterPage(List<DeadLetterView> results) {}

    /**
     * What an order did.
     *
     * @param more whether the same order again would find more
     * @param gone dead letters of which only the head is left; absent when there are none
     * @param refused dead letters that their topic does not take; absent when there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Count(int count, boolean more, @Nullable Integer gone, @Nullable Integer refused) {

        static Count of(DeadLetterProducer.ReplayOutcome outcome, int most) {
            int all = outcome.posted().size()
                    + outcome.gone().size()
                    + outcome.refused().size();
            return new Count(
                    outcome.posted().size(),
                    all == most,
                    some(outcome.gone().size()),
                    some(outcome.refused().size()));
        }

        private static @Nullable Integer some(int count) {
            return count == 0 ? null : count;
        }
    }
}
