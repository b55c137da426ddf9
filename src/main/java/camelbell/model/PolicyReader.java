package camelbell.model;

/** Reads the policy table again while the hub runs. */
public interface PolicyReader {

    /** The table as the file is now. Errors: {@link StartRefused} for one with which the hub would not start. */
    Policy read();
}
