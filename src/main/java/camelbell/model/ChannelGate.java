package camelbell.model;

/** Whether a channel takes work now: its breaker and its rate decide. What it does not take waits in the table. */
public interface ChannelGate {

    /** True when one new delivery may be taken up at once; it then counts against the channel's rate. */
    boolean admitsNew(String channel);

    /**
     * How many deliveries that wait may be taken up now, {@code most} at most: all, as many as the rate allows, one to
     * try whether the channel works again, or none. They count against the rate.
     */
    int admits(String channel, int most);

    /** So many that were admitted were not taken up. */
    void giveBack(String channel, int unused);

    /** The breaker's state for operators: closed, half-open or open. */
    String state(String channel);

    /** Why the breaker is not closed, in the words of an attempt's reason; empty while it is. */
    String reason(String channel);
}
