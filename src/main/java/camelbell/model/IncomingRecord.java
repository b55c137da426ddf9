package camelbell.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record as it came, before anybody has looked inside.
 *
 * @param posted the record's own timestamp in milliseconds of the epoch, however little sense it makes: it tells the
 *     record from another at the same place of a topic that was made anew
 * @param timestamp when it was posted, as the record says; when the hub took it, where the record says nothing sensible
 * @param headers only the headers that the hub understands ({@code ce_*}, {@code content-type}); everything else is
 *     left at the door, because Camel's producers would act on it
 */
public record IncomingRecord(
        String topic,
        int partition,
        long offset,
        long posted,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, String> headers) {}
