package camelbell.identity;

/** A record of the users topic that can never become a person. Thrown and caught inside this package only. */
class MalformedUserException extends RuntimeException {

    private final String pointer;

    MalformedUserException(String pointer, String detail) {
        super(detail, null, false, false); // a value, not a fault: no stack trace
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }
}
