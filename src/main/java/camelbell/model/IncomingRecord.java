package camelbell.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record as it came, before anybody has looked inside.
 *
 * @param headers only the headers that the hub understands ({@code ce_*}, {@code content-type}); everything else is
 *     left at the door, because Camel's producers would act on it
 */
public record IncomingRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, String> headers) {}
