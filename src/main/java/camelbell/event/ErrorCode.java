package camelbell.event;

/** Why an event can never be processed. The names are stable: they stand in dead letters. */
enum ErrorCode {
    /** The record has no value, or only white space. */
    EMPTY,
    /** The value is larger than 256 KiB. */
    TOO_LARGE,
    /** The bytes are not UTF-8, or the text is not one JSON document. */
    MALFORMED,
    /** The JSON document is not an object. */
    NOT_OBJECT,
    /** A required field is absent or null. */
    MISSING_FIELD,
    /** A field has the wrong type, or a value outside its range. */
    INVALID_FIELD,
    /** The policy table has no rule for the event's type. */
    UNKNOWN_TYPE
}
