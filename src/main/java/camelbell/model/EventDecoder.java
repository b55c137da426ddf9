package camelbell.model;

import java.util.List;

/** How the hub reads what lies in {@code ticket-events}. */
public interface EventDecoder {

    /** The records as events, or as what is dead-lettered and why; in their order. */
    DecodedBatch decode(List<IncomingRecord> records);
}
