package camelbell.fault;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Somebody who calls again and again with a pause, and takes down what each call was answered. */
final class RestCaller implements AutoCloseable {

    private final Answers answers = new Answers();
    private final Supplier<String> call;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Daemons.named("reader"));

    /** The call tells its status, or the name of what came instead; only 200 is an answer: these clients are within their limits. */
    RestCaller(Supplier<String> call, long pauseMs) {
        this.call = call;
        var unused = clock.scheduleWithFixedDelay(this::call, 0, pauseMs, TimeUnit.MILLISECONDS);
    }

    private void call() {
        long asked = Moment.now();
        String answer = call.get();
        answers.add(asked, answer.equals("200") ? "" : answer);
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
