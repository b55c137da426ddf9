package camelbell.dev;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Maven that started this JVM. When it was killed and could not say so, this JVM ends in good order; when this JVM
 * refuses to start, Maven ends with it, before it buries the reason under seven lines about a failed goal.
 */
final class ParentWatch {

    private static final int TERMINATED = 143;

    private ParentWatch() {}

    static void start() {
        ProcessHandle.current().parent().filter(ParentWatch::isMaven).ifPresent(maven -> {
            var unused = maven.onExit().thenRun(() -> System.exit(TERMINATED));
        });
    }

    /** Ends Maven, which has nothing else to do. It in turn ends this JVM; without Maven nothing happens. */
    static void endSilently() {
        System.out.flush();
        System.err.flush();
        ProcessHandle.current().parent().filter(ParentWatch::isMaven).ifPresent(maven -> {
            try {
                if (maven.destroy()) {
                    maven.onExit().get(10, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                System.err.println("Maven, process " + maven.pid() + ", does not end.");
            }
        });
    }

    private static boolean isMaven(ProcessHandle parent) {
        String line = parent.info().commandLine().orElse("");
        return line.contains("plexus.classworlds.launcher") && line.contains("spring-boot:test-run");
    }
}
