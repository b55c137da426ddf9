package camelbell.api;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.rest.Answer;
import camelbell.rest.Ids;
import camelbell.store.Condition;
import camelbell.store.ReadMarks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Marks notifications as read, and counts them out of the inbox in the same transaction. */
@Component("readMarker")
class ReadMarker {

    private static final String NO_SUCH = "Select a valid choice. That choice is not one of the available choices.";

    private final NotificationQueries notifications;
    private final ReadMarks marks;
    private final Current<Policy> policy;

    ReadMarker(NotificationQueries notifications, ReadMarks marks, Current<Policy> policy) {
        this.notifications = notifications;
        this.marks = marks;
        this.policy = policy;
    }

    /**
     * One notification, by the id in the path; with {@code event=1} the person's others of the same event too, so that what
     * is one thing to the reader is read over every channel. The filters say which one may be named, not which others are
     * meant. What is read already, and what was skipped, stays as it is.
     */
    public Answer markOne(Map<String, Object> headers) {
        ApiCall call = ApiCall.of(headers);
        Filter filter = Filter.of(call, policy.now());
        Map<String, List<String>> complaints = new LinkedHashMap<>(filter.complaints());
        boolean wholeEvent = Boolean.TRUE.equals(Filter.truth(complaints, call.query(), "event"));
        if (!complaints.isEmpty()) {
            return Answer.invalid(complaints);
        }
        long user = call.user();
        long id = call.id() == null ? -1L : call.id();
        if (!wholeEvent && marks.markOne(user, id, filter.condition())) {
            NotificationView now = notifications.one(user, id, own(user));
            return now == null ? Answer.notFound() : answer(now).announcing(user);
        }
        NotificationView found = notifications.one(user, id, filter.condition());
        if (found == null) {
            return Answer.notFound();
        }
        if (!wholeEvent) {
            return answer(found);
        }
        boolean changed = marks.mark(user, sameEvent(user, id)) > 0;
        NotificationView now = notifications.one(user, id, own(user));
        Answer answer = answer(now == null ? found : now);
        return changed ? answer.announcing(user) : answer;
    }

    private static Condition own(long user) {
        return new Condition("n.recipient = ?", List.of(user));
    }

    /** By the key of the table: a person has as many rows of one event as there are channels, of all events many. */
    private static Condition sameEvent(long user, long id) {
        return new Condition(
                "n.recipient = ? AND n.event = (SELECT named.event FROM notification_log named WHERE named.id = ?)"
                        + " AND (n.listed OR n.id = ?)",
                List.of(user, id, id));
    }

    /**
     * All that the filters mean and that has been committed when the call begins, up to the one named by {@code up_to}:
     * in the order of the list, and in the order of the inbox too. What arrives meanwhile stays unread, also when it is
     * older by its time and was only committed later. Not one transaction but slices of it: a recording that counts the
     * person's next notification waits for one of them at most. What a failure leaves undone, the next call does.
     */
    public Answer markAll(Map<String, Object> headers) {
        ApiCall call = ApiCall.of(headers);
        Filter filter = Filter.ofAnyStatus(call, policy.now());
        Map<String, List<String>> complaints = new LinkedHashMap<>(filter.complaints());
        Condition meant = filter.unread().condition();
        String upTo = call.query().text("up_to");
        if (upTo.isEmpty()) {
            meant = marks.known(call.user(), meant);
        } else {
            NotificationView newest = newest(call.user(), Ids.of(upTo));
            if (newest == null) {
                complaints.put("up_to", List.of(NO_SUCH));
            } else {
                meant = marks.known(
                        call.user(),
                        newest.id(),
                        newest.createdAt(),
                        Cursor.at(newest, true).upTo(meant));
            }
        }
        if (!complaints.isEmpty()) {
            return Answer.invalid(complaints);
        }
        long count = 0;
        Set<String> channels = policy.now().channels().keySet();
        ReadMarks.MarkedSlice slice = marks.markSlice(call.user(), meant, channels);
        for (; slice.next() != null; slice = marks.markSlice(call.user(), beyond(slice.next(), meant), channels)) {
            count += slice.marked();
        }
        count += slice.marked();
        Answer answer = Answer.ok(new MarkedAll(count + " notification(s) marked as read", count));
        return count > 0 ? answer.announcing(call.user()) : answer;
    }

    private static Condition beyond(ReadMarks.Place place, Condition meant) {
        return new Cursor(true, place.createdAt(), place.id()).beyond(meant);
    }

    private @Nullable NotificationView newest(long user, @Nullable Long id) {
        return id == null ? null : notifications.one(user, id, new Condition("n.listed", List.of()));
    }

    private static Answer answer(NotificationView notification) {
        return Answer.ok(new MarkedOne("Notification marked as read", notification));
    }

    private record MarkedOne(String message, NotificationView notification) {}

    private record MarkedAll(String message, long count) {}
}
