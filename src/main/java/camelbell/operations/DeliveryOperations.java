package camelbell.operations;

import camelbell.model.StatusReport;
import camelbell.rest.Answer;
import camelbell.rest.Ids;
import camelbell.store.DeliveryOrders;
import camelbell.store.DeliveryOrders.Failed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists, retries and cancels deliveries for operators. */
@Component("deliveryOperations")
class DeliveryOperations {

    private static final int PAGE = 100;

    private final AdminAuthorization authorization;
    private final DeliveryOrders deliveries;
    private final Audit audit;
    private final Clock clock;

    DeliveryOperations(AdminAuthorization authorization, JdbcClient jdbc, Clock clock) {
        this.authorization = authorization;
        this.deliveries = new DeliveryOrders(jdbc);
        this.audit = new Audit(jdbc);
        this.clock = clock;
    }

    /** One page of failed deliveries; {@code next} is the address of the one behind it. */
    public Answer failed(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> filtered(call, true, filter -> {
                    List<Failed> found = deliveries.failed(
                            filter.condition(), call.parameters().id("cursor"), PAGE);
                    String next = found.size() < PAGE
                            ? null
                            : call.next(found.get(PAGE - 1).id());
                    return Answer.ok(new FailedPage(next, found));
                }));
    }

    /** One failed delivery, by the id in the path. One that has not failed stays as it is. */
    @Transactional
    public Answer retryOne(Map<String, Object> headers) {
        return authorization.pass(headers, call -> {
            Long id = Ids.of(call.id());
            String status = id == null ? null : deliveries.status(id);
            if (id == null || status == null) {
                return Answer.notFound();
            }
            int count = deliveries.retry(id, clock.instant());
            note(call, "retry", Map.of("id", call.id()), count);
            return Answer.ok(new Count(count, false));
        });
    }

    /** Failed deliveries that the query names, at most {@link DeliveryOrders#MOST} at once. */
    @Transactional
    public Answer retry(Map<String, Object> headers) {
        return authorization.pass(
                headers,
                call -> filtered(call, false, filter -> {
                    int count = deliveries.retry(filter.condition(), clock.instant());
                    note(call, "retry", filter.given(), count);
                    return Answer.ok(new Count(count, count == DeliveryOrders.MOST));
                }));
    }

    /** Cancels a backlog; producers are told of each as of any failure, in the transaction of the route. */
    public Cancelled cancel(Map<String, Object> headers) {
        List<StatusReport> reports = new ArrayList<>();
        Answer answer = authorization.pass(
                headers,
                call -> filtered(call, false, filter -> {
                    List<Failed> cancelled = deliveries.cancel(filter.condition());
                    Instant now = clock.instant();
                    cancelled.forEach(one -> reports.add(one.report(now)));
                    note(call, "cancel", filter.given(), cancelled.size());
                    return Answer.ok(new Count(cancelled.size(), cancelled.size() == DeliveryOrders.MOST));
                }));
        return new Cancelled(answer, reports);
    }

    private Answer filtered(AdminCall call, boolean allowed, Function<DeliveryFilter, Answer> work) {
        try {
            DeliveryFilter filter = DeliveryFilter.of(call.parameters(), clock.instant());
            return filter.everything() && !allowed
                    ? Answer.invalid("query", "Name at least one of channel, reason, type, since, until, older_than.")
                    : work.apply(filter);
        } catch (IllegalArgumentException unreadable) {
            return Answer.invalid("query", String.valueOf(unreadable.getMessage()));
        }
    }

    private void note(AdminCall call, String action, Map<String, String> filter, long count) {
        audit.note(clock.instant(), "user:" + call.user(), action, filter, count);
    }

    private record FailedPage(@Nullable String next, List<Failed> results) {}

    /** @param more whether the same order again would find more */
    private record Count(int count, boolean more) {}

    /** The answer, and what producers are told. */
    record Cancelled(Answer answer, List<StatusReport> reports) {}
}
