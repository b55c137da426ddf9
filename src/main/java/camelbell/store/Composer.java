package camelbell.store;

import camelbell.model.Delivery;
import camelbell.model.Dispatch;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.StatusReport;
import camelbell.model.StatusReport.StatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;

/** Turns plans into the rows and dispatches of one transaction. */
final class Composer {

    private final PrimitiveIterator.OfLong ids;
    private final ChannelCapacity capacity;
    private final Lease lease;
    private final List<NotificationLogEntry> entries = new ArrayList<>();
    private final List<DeliveryEntry> deliveries = new ArrayList<>();
    private final List<NotificationLogEntry> inbox = new ArrayList<>();
    private final List<StatusReport> reports = new ArrayList<>();
    private final List<Dispatch> dispatches = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();

    Composer(PrimitiveIterator.OfLong ids, ChannelCapacity capacity, Lease lease) {
        this.ids = ids;
        this.capacity = capacity;
        this.lease = lease;
    }

    /**
     * An event that is new.
     *
     * @param now those of the plan's notices that are written with it; the others are slices
     */
    void add(long eventKey, Plan plan, List<Notice> now, Instant createdAt) {
        List<StatusChange> changes = new ArrayList<>(List.of(StatusChange.ofEvent("accepted", null)));
        if (plan.notices().isEmpty()) {
            changes.add(StatusChange.ofEvent("no_recipient", null));
        }
        compose(eventKey, plan, now, createdAt, changes);
    }

    /** A slice of an event that was accepted earlier. */
    void more(long eventKey, Plan slice, Instant createdAt) {
        compose(eventKey, slice, slice.notices(), createdAt, new ArrayList<>());
    }

    private void compose(
            long eventKey, Plan plan, List<Notice> notices, Instant createdAt, List<StatusChange> changes) {
        Map<Person, List<Delivery>> perPerson = new LinkedHashMap<>();
        for (Notice notice : notices) {
            NotificationLogEntry entry = new NotificationLogEntry(ids.nextLong(), eventKey, notice, createdAt);
            (notice.channel().inbox() ? inbox : entries).add(entry);
            StatusChange change = entry.change();
            if (change != null) {
                changes.add(change);
            }
            if (entry.listed() && isMine(entry, notice, createdAt)) {
                perPerson
                        .computeIfAbsent(notice.recipient(), person -> new ArrayList<>())
                        .add(delivery(entry, plan, notice, createdAt));
            }
        }
        perPerson.values().forEach(list -> dispatches.add(new Dispatch(list)));
        if (!changes.isEmpty()) {
            reports.add(StatusReport.on(plan.event(), createdAt, changes));
        }
    }

    /** An event that is on file: it becomes no rows, and its producer is told so. */
    void duplicate(Plan plan, Instant now) {
        reports.add(StatusReport.on(plan.event(), now, List.of(StatusChange.ofEvent("duplicate", null))));
    }

    /** True when this node hands the delivery over itself; notes down the work where there is any. */
    private boolean isMine(NotificationLogEntry entry, Notice notice, Instant now) {
        if (notice.channel().inbox()) {
            return true;
        }
        boolean mine = capacity.takeForNew(notice.channel());
        if (mine) {
            taken.merge(notice.channel().code(), 1, Integer::sum);
        }
        deliveries.add(mine ? DeliveryEntry.leased(entry, now, lease) : DeliveryEntry.waiting(entry, now));
        return mine;
    }

    private Delivery delivery(NotificationLogEntry entry, Plan plan, Notice notice, Instant createdAt) {
        return new Delivery(
                entry.id(),
                notice.channel(),
                notice.recipient(),
                plan.event(),
                plan.words().get(notice.words()),
                createdAt,
                1,
                lease.until(),
                false);
    }

    Recording recording() {
        return new Recording(entries, deliveries, inbox, reports, dispatches);
    }

    /** Gives back the places in memory that the batch had taken: nothing of it was recorded. */
    void giveBack() {
        taken.forEach(capacity::giveBackUnused);
    }
}
