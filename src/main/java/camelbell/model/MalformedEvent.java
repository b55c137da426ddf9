package camelbell.model;

/**
 * A record that can never be processed, and why.
 *
 * @param code stable error code, such as {@code CB-1002}; see src/docs/reference/errors.md
 * @param pointer RFC 6901 JSON pointer of the offending field, empty for the whole document
 * @param detail what was found, without the value itself: values may be personal data
 */
public record MalformedEvent(IncomingRecord record, String code, String pointer, String detail) implements Arrival {}
