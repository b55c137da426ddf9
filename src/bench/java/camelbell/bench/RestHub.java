package camelbell.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A whole hub in a process of its own, with the JVM that benchmarks are started with. */
final class RestHub implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("listening port=(\\d+)");
    private static final String CLASSES = System.getProperty("bench.classes", "");

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final StringWriter log = new StringWriter(); // synchronized

    private RestHub(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "log-of-the-hub");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it and waits until it serves. The system property {@code bench.classes} names the folder of another version's
     * classes, to be measured with the same command.
     */
    static RestHub start(Map<String, String> properties, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx512m"));
        command.addAll(List.of(System.getProperty("bench.jvm", "").split(" ", -1)));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-cp", classes(), "camelbell.CamelbellApplication"));
        command.addAll(List.of(arguments));
        ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
        properties.forEach((key, value) ->
                start.environment().put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        RestHub hub = new RestHub(start.start());
        hub.port.get(4, TimeUnit.MINUTES);
        return hub;
    }

    private static String classes() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .map(entry -> !CLASSES.isEmpty() && entry.endsWith(File.separator + "classes") ? CLASSES : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = PORT.matcher(line);
                if (found.find()) {
                    port.complete(Integer.valueOf(found.group(1)));
                }
                log.append(line).append('\n');
            }
        } catch (IOException cut) {
            log.append("cut off\n"); // the process has been ended
        } finally {
            port.completeExceptionally(new IllegalStateException("The hub has ended before it served:\n" + log));
        }
    }

    int port() {
        return port.join();
    }

    /** What it has said so far. */
    String log() {
        return log.toString();
    }

    /** Seconds of processor time. */
    double cpu() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
