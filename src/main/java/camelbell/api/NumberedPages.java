package camelbell.api;

import camelbell.rest.Answer;
import camelbell.rest.Ids;
import camelbell.rest.Query;
import camelbell.store.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages by number, as Django REST Framework's PageNumberPagination has them. */
@Component
class NumberedPages {

    private final NotificationQueries notifications;
    private final Counts counts;

    NumberedPages(NotificationQueries notifications, Counts counts) {
        this.counts = counts;
        this.notifications = notifications;
    }

    Answer page(ApiCall call, Filter filter) {
        int size = PageSize.of(call.query());
        Counts.Of counted = counts.of(call.user(), filter);
        long count = counted.count();
        long last = Math.max(1, (count + size - 1) / size);
        Long number = number(call.query(), last);
        if (number == null || number < 1 || number > last) {
            return Answer.notFound("Invalid page.");
        }
        return Answer.ok(new Page(
                count,
                number < last ? link(call, number + 1) : null,
                number > 1 ? link(call, number - 1) : null,
                count == 0
                        ? List.of()
                        : rows(call.user(), filter.parts(counted.channels()), (number - 1) * size, size, count)));
    }

    /** Read from the nearer end of the list: what lies before them is passed over, row by row. */
    private List<NotificationView> rows(long person, List<Condition> parts, long skip, int size, long count) {
        if (skip <= count / 2) {
            return notifications.page(person, parts, skip, size);
        }
        long behind = Math.max(0, count - skip - size);
        List<NotificationView> found =
                new ArrayList<>(notifications.oldestFirst(person, parts, behind, (int) Math.min(size, count - skip)));
        Collections.reverse(found);
        return found;
    }

    private static @Nullable Long number(Query query, long last) {
        String text = query.last("page");
        if (text == null) {
            return 1L;
        }
        return text.equals("last") ? Long.valueOf(last) : Ids.of(text);
    }

    private static String link(ApiCall call, long number) {
        return call.address() + call.query().with("page", number == 1 ? null : Long.toString(number));
    }
}
