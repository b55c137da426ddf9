package camelbell.model;

/** The tables of one stage beside the policy, which can be read again while the hub runs. */
public interface StageTables {

    /**
     * Reads the files as they are now. Nothing has changed before the answer is run; that puts what was read in the place of
     * what was. Errors: {@link StartRefused} for files with which the hub would not start.
     *
     * @param policy the one that they are to fit
     */
    Runnable read(Policy policy);
}
