package camelbell.fault;

import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * A record of which somebody might think twice, and what must become of it.
 *
 * @param id of its event, and the record's key
 * @param right the code of its dead letter, or {@link #RECORDED}, or {@link #EITHER}
 * @param pointer of its dead letter
 */
record Odd(String id, byte[] value, List<Header> headers, String right, String pointer) {

    static final String RECORDED = "recorded";

    /** The contract leaves it open: recorded or put aside, in any case once, and never in the way. */
    static final String EITHER = "either";

    boolean recorded() {
        return right.equals(RECORDED);
    }

    boolean either() {
        return right.equals(EITHER);
    }

    Bad bad() {
        return Bad.of(id, value, right, pointer);
    }
}
