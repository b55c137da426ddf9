package camelbell.runtime.kafka;

/** The wait of a consumer's thread for something to come, which the end of the hub breaks off. After that none begins. */
final class IdleWait {

    private boolean lasts;
    private boolean ended;

    /** Whether it may begin. */
    synchronized boolean begin() {
        lasts = !ended;
        return lasts;
    }

    /** The wait is over. Answers whether by itself; otherwise the thread has been woken, though it may not have noticed. */
    synchronized boolean over() {
        lasts = false;
        return !ended;
    }

    /** Breaks it off, where it lasts. To be called from any thread. */
    synchronized void end(Runnable wake) {
        if (lasts && !ended) {
            wake.run();
        }
        ended = true;
    }

    synchronized boolean lasts() {
        return lasts;
    }
}
