package camelbell.api;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages by number, as Django REST Framework's PageNumberPagination has them. */
@Component
class NumberedPages {

    private final NotificationQueries notifications;

    NumberedPages(NotificationQueries notifications) {
        this.notifications = notifications;
    }

    ApiAnswer page(ApiCall call, Condition condition) {
        int size = PageSize.of(call.query());
        long count = notifications.count(condition);
        long last = Math.max(1, (count + size - 1) / size);
        Long number = number(call.query(), last);
        if (number == null || number < 1 || number > last) {
            return ApiAnswer.notFound("Invalid page.");
        }
        return ApiAnswer.ok(new Page(
                count,
                number < last ? link(call, number + 1) : null,
                number > 1 ? link(call, number - 1) : null,
                notifications.page(condition, (number - 1) * size, size)));
    }

    private static @Nullable Long number(Query query, long last) {
        String text = query.last("page");
        if (text == null) {
            return 1L;
        }
        return text.equals("last") ? Long.valueOf(last) : Numbers.id(text);
    }

    private static String link(ApiCall call, long number) {
        return call.address() + call.query().with("page", number == 1 ? null : Long.toString(number));
    }
}
