package camelbell.recipient;

/** The policy table cannot be used. The message names file, line and complaint; start-up ends with it. */
class InvalidPolicyException extends RuntimeException {

    InvalidPolicyException(String file, int line, String complaint) {
        super("policy.yaml (" + file + "), line " + line + ": " + complaint);
    }
}
