package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** So many callers who ask the same again and again, each time on a new connection, and read the whole answer. */
final class Callers implements AutoCloseable {

    private static final int GIVES_UP_MS = 15_000;

    private final OneCall call;
    private final ExecutorService threads = Executors.newCachedThreadPool(Daemons.named("caller"));
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private volatile boolean done;

    Callers(HubProcess hub, int count, String address, String request) throws IOException {
        this.call = OneCall.of(hub, address, request, GIVES_UP_MS);
        for (int i = 0; i < count; i++) {
            threads.execute(this::call);
        }
    }

    private void call() {
        while (!done) {
            answers.merge(call.answer(), 1, Integer::sum);
        }
    }

    void attackFor(Duration time) {
        Wait.pass(time);
        done = true;
    }

    /** By status, or by what came instead. */
    @Override
    public String toString() {
        return answers.toString();
    }

    @Override
    public void close() {
        done = true;
        threads.shutdownNow();
    }
}
