package camelbell.channel;

/** The address on file can never be sent to. The message does not hold it: it is personal data. */
public class UnusableAddressException extends RuntimeException {

    public UnusableAddressException(String complaint) {
        super(complaint);
    }
}
