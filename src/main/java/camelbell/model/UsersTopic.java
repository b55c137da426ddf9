package camelbell.model;

import java.util.Map;

/** What the broker says of the users topic. Implemented by the Kafka glue, asked by the directory. */
public interface UsersTopic {

    String name();

    /** Offset behind the newest record, by partition, with partitions that hold no record left out. */
    Map<Integer, Long> endOffsets();
}
