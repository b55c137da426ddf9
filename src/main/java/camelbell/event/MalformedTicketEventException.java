package camelbell.event;

/** A record that can never become a ticket event. Thrown and caught inside this package only. */
class MalformedTicketEventException extends RuntimeException {

    private final ErrorCode code;
    private final String pointer;

    /**
     * @param pointer RFC 6901 JSON pointer of the field
     * @param detail what was found, never the value: it may be personal data
     */
    MalformedTicketEventException(ErrorCode code, String pointer, String detail) {
        super(detail, null, false, false); // a value, not a fault: no stack trace
        this.code = code;
        this.pointer = pointer;
    }

    ErrorCode code() {
        return code;
    }

    String pointer() {
        return pointer;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
