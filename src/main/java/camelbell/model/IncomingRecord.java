package camelbell.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record as it came, before anybody has looked inside.
 *
 * @param posted the record's own timestamp in milliseconds of the epoch, however little sense it makes: it tells the
 *     record from another at the same place of a topic that was made anew
 * @param timestamp when it was posted, as the record says; when the hub took it, where the record says nothing sensible
 * @param headers only the headers that the hub understands ({@code ce_*}, {@code content-type}); everything else is
 *     left outside, because Camel's producers would act on it
 */
public record IncomingRecord(
        String topic,
        int partition,
        long offset,
        long posted,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, String> headers) {

    /**
     * True when the attributes of a CloudEvent travel as headers beside its data. A content type of CloudEvents says that
     * all of it is in the value, whatever headers stand beside it. Source: cloudevents.io, Kafka protocol binding 3.
     */
    public boolean isBinaryEvent() {
        String contentType = headers.getOrDefault("content-type", "").strip().toLowerCase(Locale.ROOT);
        return headers.containsKey("ce_specversion") && !contentType.startsWith("application/cloudevents");
    }
}
