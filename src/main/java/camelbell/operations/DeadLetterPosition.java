package camelbell.operations;

import java.time.Instant;

/** Which dead letter, without what is in it. */
record DeadLetterPosition(String topic, int partition, long offset, Instant at) {

    String id() {
        return topic + "-" + partition + "-" + offset;
    }
}
