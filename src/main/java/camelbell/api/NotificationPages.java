package camelbell.api;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.rest.Answer;
import camelbell.store.Condition;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers the two lists, by page number or by cursor. */
@Component("notificationPages")
class NotificationPages {

    private final NumberedPages numbered;
    private final CursorPages cursors;
    private final Current<Policy> policy;

    NotificationPages(NumberedPages numbered, CursorPages cursors, Current<Policy> policy) {
        this.numbered = numbered;
        this.cursors = cursors;
        this.policy = policy;
    }

    /** All of the caller's notifications. */
    @Transactional
    public Answer list(Map<String, Object> headers) {
        return answer(ApiCall.of(headers), Filter::condition);
    }

    /** Those that are unread. */
    @Transactional
    public Answer unread(Map<String, Object> headers) {
        return answer(ApiCall.of(headers), Filter::unread);
    }

    private Answer answer(ApiCall call, Function<Filter, Condition> meaning) {
        Filter filter = Filter.of(call, policy.now());
        if (!filter.complaints().isEmpty()) {
            return Answer.invalid(filter.complaints());
        }
        Condition condition = meaning.apply(filter);
        return call.query().last("cursor") == null
                ? numbered.page(call, filter, condition)
                : cursors.page(call, condition);
    }
}
