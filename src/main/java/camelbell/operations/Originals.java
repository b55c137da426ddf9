package camelbell.operations;

import camelbell.rest.Ids;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Finds what a truncated dead letter holds only the head of, where it was posted. */
record Originals(DeadLetters deadLetters) {

    /** The dead letter itself when it is whole; null when the original is gone, or another record is in its place. */
    @Nullable
    ConsumerRecord<byte[], byte[]> of(StoredDeadLetter deadLetter) {
        if (!deadLetter.truncated()) {
            return deadLetter.record();
        }
        String origin = deadLetters.origins().get(deadLetter.record().topic());
        Long partition = Ids.of(deadLetter.header("original-partition"));
        Long offset = Ids.of(deadLetter.header("original-offset"));
        if (origin == null
                || partition == null
                || partition > Integer.MAX_VALUE
                || offset == null
                || !deadLetter.header("original-topic").equals(origin)) {
            return null;
        }
        StoredDeadLetter found = deadLetters.at(origin, partition.intValue(), offset);
        return found != null && isSame(found, deadLetter) ? found.record() : null;
    }

    private static boolean isSame(StoredDeadLetter found, StoredDeadLetter deadLetter) {
        byte[] value = found.record().value();
        long posted = found.record().timestamp(); // not what the hub takes it for: it may be no sensible time
        String said = deadLetter.header("original-timestamp");
        return (said.equals(Instant.ofEpochMilli(posted).toString()) || said.equals(Long.toString(posted)))
                && deadLetter.size() == (value == null ? 0 : value.length)
                && deadLetter.sha256().equals(StoredDeadLetter.sha256(value));
    }
}
