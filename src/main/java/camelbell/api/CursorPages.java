package camelbell.api;

import camelbell.rest.Answer;
import camelbell.store.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages by cursor: an empty one is the newest page, next and previous carry the others. */
@Component
class CursorPages {

    private final NotificationQueries notifications;
    private final Counts counts;

    CursorPages(NotificationQueries notifications, Counts counts) {
        this.counts = counts;
        this.notifications = notifications;
    }

    Answer page(ApiCall call, Filter filter) {
        String text = call.query().text("cursor");
        Cursor cursor = Cursor.parse(text);
        if (cursor == null && !text.isEmpty()) {
            return Answer.notFound("Invalid cursor");
        }
        int size = PageSize.of(call.query());
        List<NotificationView> found = new ArrayList<>(find(cursor, filter, size + 1));
        boolean more = found.size() > size;
        if (more) {
            found.remove(size);
        }
        boolean newer = cursor != null && !cursor.older();
        if (newer) {
            Collections.reverse(found);
        }
        return Answer.ok(page(call, found, newer || more, newer ? more : cursor != null));
    }

    private List<NotificationView> find(@Nullable Cursor cursor, Filter filter, int size) {
        List<Condition> parts = filter.parts(counts.channels(filter));
        if (cursor == null) {
            return notifications.page(filter.recipient(), parts, 0, size);
        }
        List<Condition> beyond = parts.stream().map(cursor::beyond).toList();
        return cursor.older()
                ? notifications.page(filter.recipient(), beyond, 0, size)
                : notifications.oldestFirst(filter.recipient(), beyond, 0, size);
    }

    private static CursorPage page(ApiCall call, List<NotificationView> found, boolean older, boolean newer) {
        if (found.isEmpty()) {
            return new CursorPage(null, null, found);
        }
        String next = link(call, Cursor.at(found.get(found.size() - 1), true));
        String previous = link(call, Cursor.at(found.get(0), false));
        return new CursorPage(older ? next : null, newer ? previous : null, found);
    }

    private static String link(ApiCall call, Cursor cursor) {
        return call.address() + call.query().with("cursor", cursor.text());
    }
}
