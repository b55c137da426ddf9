package camelbell.model;

/** Whether a channel takes work now; its breaker decides. What it does not take waits in the table. */
public interface ChannelGate {

    /** How many deliveries may be taken up now, {@code most} at most: all, a few to try whether it works, or none. */
    int admits(String channel, int most);

    /** The breaker's state for operators: closed, half-open or open. */
    String state(String channel);
}
