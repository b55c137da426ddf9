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

    /**
     * The first rows of what any of them means, none of it twice if no two of them mean the same: a query whose parts
     * PostgreSQL reads each in the order of its index, and merges. Order and limit stand at each part, since without them
     * parts are read as a whole, and sorted.
     *
     * @param columns of {@code notification_log n}, with those of the order among them
     * @param limit at each part, with or without a value: no part has to tell more than are wanted in all
     */
    public static Condition union(String columns, List<Condition> parts, String order, Condition limit) {
        List<Object> all = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        for (Condition part : parts) {
            queries.add(
                    "(SELECT " + columns + " FROM notification_log n WHERE " + part.sql() + order + limit.sql() + ")");
            all.addAll(part.values());
            all.addAll(limit.values());
        }
        return new Condition(String.join(" UNION ALL ", queries), all);
    }
}
