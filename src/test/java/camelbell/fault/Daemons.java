package camelbell.fault;

import java.util.concurrent.ThreadFactory;

/** Threads that no test has to wait for. */
final class Daemons {

    private Daemons() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
