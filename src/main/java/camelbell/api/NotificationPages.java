package camelbell.api;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.rest.Answer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

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
    public Answer list(Map<String, Object> headers) {
        return answer(ApiCall.of(headers), filter -> filter);
    }

    /** Those that are unread. */
    public Answer unread(Map<String, Object> headers) {
        return answer(ApiCall.of(headers), Filter::unread);
    }

    private Answer answer(ApiCall call, UnaryOperator<Filter> meaning) {
        Filter filter = Filter.of(call, policy.now());
        if (!filter.complaints().isEmpty()) {
            return Answer.invalid(filter.complaints());
        }
        Filter meant = meaning.apply(filter);
        return call.query().last("cursor") == null ? numbered.page(call, meant) : cursors.page(call, meant);
    }
}
