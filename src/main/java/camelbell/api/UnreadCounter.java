package camelbell.api;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.rest.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers how many are unread, from the inbox counters. */
@Component("unreadCounter")
class UnreadCounter {

    private final JdbcClient jdbc;
    private final Current<Policy> policy;

    UnreadCounter(@Qualifier("apiStatements") JdbcClient jdbc, Current<Policy> policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /** Every channel of the policy stands in it, also at 0. */
    public Answer count(Map<String, Object> headers) {
        Map<String, Long> byType = new LinkedHashMap<>();
        policy.now().channels().keySet().forEach(code -> byType.put(code, 0L));
        jdbc.sql("SELECT channel, unread FROM inbox WHERE recipient = ? AND unread > 0")
                .param(ApiCall.of(headers).user())
                .query(row -> {
                    byType.put(row.getString("channel"), row.getLong("unread"));
                });
        long count = byType.values().stream().mapToLong(Long::longValue).sum();
        return Answer.ok(new UnreadCount(count, byType));
    }

    private record UnreadCount(long count, Map<String, Long> byType) {}
}
