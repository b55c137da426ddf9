package camelbell.it;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server that starts when first asked for and stops when the JVM does, after every hub of this JVM has stopped. */
final class Lazy<T extends AutoCloseable> {

    private final Supplier<T> start;
    private @Nullable T started;

    Lazy(Supplier<T> start) {
        this.start = start;
    }

    synchronized T get() {
        if (started == null) {
            T server = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-" + server));
            started = server;
        }
        return started;
    }

    private static void stop(AutoCloseable server) {
        awaitHubs();
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("Cannot stop " + server + ": " + e);
        }
    }

    /** Hooks of the JVM run side by side; Spring's closes the hubs, which need their servers until then. */
    private static void awaitHubs() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("SpringApplicationShutdownHook")
                        || thread.getName().startsWith("SpringContextShutdownHook")) {
                    thread.join(20_000);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
