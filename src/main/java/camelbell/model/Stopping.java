package camelbell.model;

/** Whether this JVM is being ended: what fails from then on is no failure. */
public final class Stopping {

    private Stopping() {}

    /** By the only question that the JVM answers: it takes no more hooks once it stops. */
    public static boolean begun() {
        Thread hook = new Thread(() -> {}, "asks");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException stopping) {
            return true;
        }
    }
}
