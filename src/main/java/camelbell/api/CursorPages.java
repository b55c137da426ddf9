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

    CursorPages(NotificationQueries notifications) {
        this.notifications = notifications;
    }

    Answer page(ApiCall call, Condition condition) {
        String text = call.query().text("cursor");
        Cursor cursor = Cursor.parse(text);
        if (cursor == null && !text.isEmpty()) {
            return Answer.notFound("Invalid cursor");
        }
        int size = PageSize.of(call.query());
        List<NotificationView> found = new ArrayList<>(find(cursor, condition, size + 1));
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

    private List<NotificationView> find(@Nullable Cursor cursor, Condition condition, int size) {
        if (cursor == null) {
            return notifications.page(condition, 0, size);
        }
        Condition beyond = cursor.beyond(condition);
        return cursor.older() ? notifications.page(beyond, 0, size) : notifications.oldestFirst(beyond, 0, size);
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
