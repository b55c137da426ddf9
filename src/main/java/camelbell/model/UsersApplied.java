package camelbell.model;

import java.util.Map;

/** How far the database has followed the users topic. Implemented by the directory, asked by the Kafka glue. */
public interface UsersApplied {

    /** Next offset to be applied, by partition; a partition of which nothing was applied is absent. */
    Map<Integer, Long> of(String topic);

    /** Nothing that can be applied lies before these places; a topic may end in what no consumer is given. */
    void readTo(String topic, Map<Integer, Long> next);
}
