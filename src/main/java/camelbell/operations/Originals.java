package camelbell.operations;

import camelbell.rest.Ids;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Finds what a truncated letter holds only the head of, where it was posted. */
record Originals(DeadLetters letters) {

    /** The letter itself when it is whole; null when the original is gone, or another record is in its place. */
    @Nullable
    ConsumerRecord<byte[], byte[]> of(StoredDeadLetter letter) {
        if (!letter.truncated()) {
            return letter.record();
        }
        String origin = letters.origins().get(letter.record().topic());
        Long partition = Ids.of(letter.header("original-partition"));
        Long offset = Ids.of(letter.header("original-offset"));
        if (origin == null
                || partition == null
                || partition > Integer.MAX_VALUE
                || offset == null
                || !letter.header("original-topic").equals(origin)) {
            return null;
        }
        StoredDeadLetter found = letters.at(origin, partition.intValue(), offset);
        return found != null && isSame(found, letter) ? found.record() : null;
    }

    private static boolean isSame(StoredDeadLetter found, StoredDeadLetter letter) {
        byte[] value = found.record().value();
        long posted = found.record().timestamp(); // not what the hub takes it for: it may be no sensible time
        String said = letter.header("original-timestamp");
        return (said.equals(Instant.ofEpochMilli(posted).toString()) || said.equals(Long.toString(posted)))
                && letter.size() == (value == null ? 0 : value.length)
                && letter.sha256().equals(StoredDeadLetter.sha256(value));
    }
}
