package camelbell.store;

import camelbell.model.Current;
import camelbell.model.Directory;
import camelbell.model.FailureKind;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Policy;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns slices into rows, one in a transaction: what an accepted event still owes. Any number of nodes do it at once.
 * What cannot be written of a slice stays in it for a later try, so that nobody waits for somebody else's inbox.
 */
@Component("slices")
class Slices {

    private static final Logger LOG = LoggerFactory.getLogger(Slices.class);

    /** Tries of a whole slice that fails for a reason nobody can read, before one person may be why. */
    private static final int PATIENCE = 5;

    private final SliceRows rows;
    private final InboxLocks locks;
    private final Composition composition;
    private final Current<Policy> policy;
    private final ServedChannels served;
    private final Directory directory;
    private final Clock clock;

    Slices(
            SliceRows rows,
            InboxLocks locks,
            Composition composition,
            Current<Policy> policy,
            ServedChannels served,
            Directory directory,
            Clock clock) {
        this.rows = rows;
        this.locks = locks;
        this.composition = composition;
        this.policy = policy;
        this.served = served;
        this.directory = directory;
        this.clock = clock;
    }

    /** Returns when this tick is to look for slices ({@link camelbell.model.QuietLook}). */
    public void await() throws InterruptedException {
        rows.await();
    }

    /** The next one whose channels this node knows, locked until the caller's transaction ends; null when none is due. */
    public @Nullable Slice claim() {
        return rows.claim(served.writable());
    }

    /** What can be written of it now; the rest stays in the table. In the transaction that holds the slice. */
    public Recording compose(Slice slice) {
        Set<Long> waits = new HashSet<>(rows.before(slice));
        List<Notice> notices = notices(slice.content());
        locks.bound();
        if (slice.tries() > 0 || locks.expectHeld(notices.stream())) {
            waits.addAll(locks.held(notices, waits));
        }
        if (waits.isEmpty()) {
            rows.delete(slice);
        } else {
            leave(slice, waits);
        }
        Instant now = clock.instant();
        List<Notice> written = notices.stream()
                .filter(notice -> !waits.contains(notice.recipient().id()))
                .toList();
        Composer composer = composition.begin(written.size(), now);
        if (!written.isEmpty()) {
            composer.more(
                    slice.eventKey(),
                    new Plan(slice.event(), slice.words(), List.of(), List.of(), List.of(), written),
                    now);
        }
        return composer.recording();
    }

    private List<Notice> notices(SliceContent content) {
        return content.notices(policy.now(), served::isGone, directory.people(content.recipients()));
    }

    private void leave(Slice slice, Set<Long> waits) {
        SliceContent rest = slice.content().only(waits::contains);
        if (rest.recipients().isEmpty()) {
            rows.delete(slice);
        } else {
            rows.keep(slice, rest);
        }
    }

    /**
     * Decides what becomes of a slice that could not be written, once that is rolled back. What the database refuses for
     * its content is halved down to the one person, who is put aside and logged; where another session was in the way it is
     * tried again with more care, then in halves, ever later. Errors: the failure itself when it is about anything else, after
     * the slice was put off, at first as it is, so that whoever calls waits, and says so.
     */
    @Transactional(noRollbackFor = Exception.class)
    public void failed(Exception failure, @Nullable Slice slice, FailureKind kind) throws Exception {
        if (slice == null) {
            throw failure;
        }
        if (kind == FailureKind.OUTAGE) {
            if (slice.tries() < PATIENCE || slice.size() == 1) {
                rows.postpone(slice, slice.tries() + 1);
            } else {
                rows.halve(slice, slice.tries() + 1); // it may be one person's
            }
            throw failure;
        }
        boolean content = kind == FailureKind.CONTENT;
        if (content && slice.size() == 1) {
            rows.refuse(slice, reason(failure));
            LOG.error(
                    "notifications refused by the database event={} person={} slice={}: they are put aside; find the reason in"
                            + " event_slice.refused, remove it, and set refused to null to have them written",
                    slice.eventKey(),
                    slice.content().recipients().get(0),
                    slice.id());
        } else if (content) {
            rows.halve(slice, slice.tries());
        } else if (slice.tries() == 0 || slice.size() == 1) {
            rows.postpone(slice, slice.tries() + 1);
        } else {
            rows.halve(slice, slice.tries() + 1);
        }
    }

    private static String reason(Exception failure) {
        String message = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        return message.lines().findFirst().orElse("");
    }
}
