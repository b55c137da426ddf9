package camelbell.model;

/** Tells those who wait for something to come that the hub stops. Implemented by the hub itself. */
public interface StopSignal {

    /** Called when the hub begins to stop and before it waits for what is under way, perhaps again later; it must not take time. */
    void onStop(Runnable end);
}
