package camelbell.model;

/** One record of the topic of events after decoding, in the place where it came. */
public sealed interface Arrival permits ReceivedEvent, MalformedEvent {

    /** As it came. */
    IncomingRecord record();
}
