package camelbell.recipient;

/** A text is no condition. The message says where and why. Thrown and caught inside this package only. */
class ConditionRefused extends RuntimeException {

    ConditionRefused(String message) {
        super(message);
    }
}
