package camelbell.store;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A WHERE clause over {@code notification_log n}, with its bound values in order. */
public record Condition(String sql, List<Object> values) {

    public Condition and(String more, Object... moreValues) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(moreValues));
        return new Condition(sql + " AND " + more, all);
    }

    /**
     * The ids and times of what any of them means, none of it twice if no two of them mean the same: a query whose parts
     * PostgreSQL reads each in the order of its index, and merges. The order stands at each part, since without it they are
     * all read, and sorted.
     */
    public static Condition union(List<Condition> parts, String order) {
        List<Object> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.values()));
        String union = parts.stream()
                .map(part -> "(SELECT n.id, n.created_at FROM notification_log n WHERE " + part.sql() + order + ")")
                .collect(Collectors.joining(" UNION ALL "));
        return new Condition(union, all);
    }
}
