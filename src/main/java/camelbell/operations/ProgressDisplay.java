package camelbell.operations;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Count, rate and time left, on stderr: a bar on a terminal, else a line now and then. */
final class ProgressDisplay implements AutoCloseable {

    private static final int MILLIS_BETWEEN_FRAMES = 250;
    private static final int MILLIS_BETWEEN_LINES = 5000;
    private static final int WIDTH = 100;

    private final ProgressBar bar;

    ProgressDisplay(String task, long records) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(records)
                .setUnit("", 1)
                .showSpeed();
        this.bar = (isTerminal() ? asBar(builder) : asLines(builder)).build();
    }

    void step() {
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Up to Java 21 there is a console only on a terminal; later there always is one, and it can tell. */
    private static boolean isTerminal() {
        Optional<Console> console = Optional.ofNullable(System.console());
        try {
            return console.isPresent()
                    && (Runtime.version().feature() < 22
                            || Boolean.TRUE.equals(
                                    Console.class.getMethod("isTerminal").invoke(console.get())));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static ProgressBarBuilder asBar(ProgressBarBuilder builder) {
        return builder.setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(MILLIS_BETWEEN_FRAMES)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
    }

    private static ProgressBarBuilder asLines(ProgressBarBuilder builder) {
        return builder.setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(MILLIS_BETWEEN_LINES)
                .setConsumer(new DelegatingProgressBarConsumer(System.err::println, WIDTH));
    }
}
