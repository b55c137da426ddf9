package camelbell.store;

import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Portion;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The first half of recording a portion: which events are new, which rows they become, and what of them waits. */
@Component("notificationLog")
class NotificationLog {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationLog.class);

    private final TicketEventRows events;
    private final SliceRows slices;
    private final InboxLocks locks;
    private final NumberBlocks numbers;
    private final Composition composition;
    private final int rows;
    private final Clock clock;

    NotificationLog(
            TicketEventRows events,
            SliceRows slices,
            InboxLocks locks,
            NumberBlocks numbers,
            Composition composition,
            DeliveryProperties properties,
            Clock clock) {
        this.events = events;
        this.slices = slices;
        this.locks = locks;
        this.numbers = numbers;
        this.composition = composition;
        this.rows = properties.rowsPerTransaction();
        this.clock = clock;
    }

    /**
     * Stores the events that are new, in the caller's transaction, and composes their rows; what must wait is stored as
     * slices. A duplicate event becomes nothing: it sends nothing and fails nobody.
     */
    public Recording admit(Portion portion) {
        List<Plan> plans = portion.plans();
        Instant now = clock.instant();
        if (plans.isEmpty()) {
            return composition.begin(0, now).recording();
        }
        List<SliceRows.Outstanding> outstanding = slices.outstanding(
                tickets(plans.stream()),
                tickets(plans.stream().filter(plan -> !Division.isHuge(plan, rows))), // a huge one waits in any case
                plans.stream()
                        .flatMap(plan -> plan.notices().stream())
                        .map(notice -> notice.recipient().id())
                        .collect(Collectors.toSet()),
                locks.patience());
        PrimitiveIterator.OfLong next = numbers.take("ticket_event_id", plans.size());
        long[] keys = plans.stream().mapToLong(plan -> next.nextLong()).toArray();
        Set<Long> admitted = events.insertNew(plans, keys, now);
        Division division = new Division(rows, outstanding, held(portion, keys, admitted));
        List<List<Notice>> parts = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            parts.add(admitted.contains(keys[i]) ? division.now(keys[i], plans.get(i)) : List.of());
        }
        division.slices().forEach(slices::insert);
        Composer composer =
                composition.begin(parts.stream().mapToInt(List::size).sum(), now);
        for (int i = 0; i < keys.length; i++) {
            Instant at = now.plusNanos(i * 1000L); // a microsecond apart: keeps their order
            if (admitted.contains(keys[i])) {
                composer.add(keys[i], plans.get(i), parts.get(i), at);
            } else {
                composer.duplicate(plans.get(i), at);
            }
        }
        return composer.recording();
    }

    private static Set<Long> tickets(Stream<Plan> plans) {
        return plans.map(plan -> plan.event().ticket().id()).collect(Collectors.toSet());
    }

    /** Whose inbox is not waited for: those that a first try has met locked, or that were locked a moment ago. */
    private Set<Long> held(Portion portion, long[] keys, Set<Long> admitted) {
        List<Notice> meant = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            Plan plan = portion.plans().get(i);
            if (admitted.contains(keys[i]) && !Division.isHuge(plan, rows)) {
                meant.addAll(plan.notices());
            }
        }
        Set<Long> held =
                switch (portion.care()) {
                    case NONE -> locks.expectHeld(meant.stream()) ? locks.held(meant, Set.of()) : Set.of();
                    case HELD_LATER -> locks.held(meant, Set.of());
                    case ALL_LATER -> meant.stream()
                            .map(notice -> notice.recipient().id())
                            .collect(Collectors.toCollection(HashSet::new));
                };
        if (!held.isEmpty()) {
            LOG.warn(
                    "notifications put off events={} people={} first={}: their inbox is locked by another session; they are"
                            + " written when it is free",
                    admitted.size(),
                    held.size(),
                    held.iterator().next());
        }
        return held;
    }
}
