package camelbell.runtime.kafka;

import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Which dead letters the broker has acknowledged while their batch is not committed yet. Such a batch comes again, every
 * few seconds for as long as the database is away, and must not put the same dead letters aside each time. In memory only: a
 * crash between a dead letter and the commit may write that dead letter twice.
 */
@Component("acknowledgedDeadLetters")
class AcknowledgedDeadLetters {

    /** One record; its time tells it from the one at the same offset of a topic that was deleted and made anew. */
    private record Place(String topic, int partition, long offset, long posted) {

        static Place of(IncomingRecord record) {
            return new Place(record.topic(), record.partition(), record.offset(), record.posted());
        }
    }

    /** At most a batch of each partition: what lies further behind its committed offset is not read. */
    private final Set<Place> written = ConcurrentHashMap.newKeySet();

    /** Those of which there is no dead letter yet, in their order. */
    public List<MalformedEvent> missing(List<MalformedEvent> malformed) {
        return malformed.stream()
                .filter(one -> !written.contains(Place.of(one.record())))
                .toList();
    }

    /** To be called once the broker has acknowledged the dead letter. */
    public void add(MalformedEvent malformed) {
        written.add(Place.of(malformed.record()));
    }

    /** Forgets a partition's dead letters up to an offset that is committed: nothing up to there comes again. */
    void forget(String topic, int partition, long offset) {
        written.removeIf(place -> place.partition() == partition
                && place.offset() <= offset
                && place.topic().equals(topic));
    }
}
