package camelbell.store;

import java.util.ArrayList;
import java.util.List;

/** A WHERE clause over {@code notification_log n}, with its bound values in order. */
public record Condition(String sql, List<Object> values) {

    public Condition and(String more, Object... moreValues) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(moreValues));
        return new Condition(sql + " AND " + more, all);
    }
}
