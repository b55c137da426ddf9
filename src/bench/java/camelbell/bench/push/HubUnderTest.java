package camelbell.bench.push;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hub in a process of its own, of the classes of any folder, so that two states of it can be measured in turn. */
final class HubUnderTest implements AutoCloseable {

    private static final Pattern PUBLIC = Pattern.compile("listening port=(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern UP = Pattern.compile("Started CamelbellApplication in ()");
    private static final int LINES = 60;

    private final Process process;
    private final Deque<String> log = new ArrayDeque<>();
    private final CompletableFuture<String> port = new CompletableFuture<>();
    private final AtomicReference<String> management = new AtomicReference<>("");
    private final CompletableFuture<String> up = new CompletableFuture<>();

    /**
     * Returns when it serves.
     *
     * @param classes folder with the hub's classes; its libraries are this benchmark's
     * @param jvm options of its JVM
     */
    HubUnderTest(Path classes, List<String> jvm, Map<String, String> settings) throws IOException {
        String libraries = Arrays.stream(classPath().split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classes + File.pathSeparator + libraries, "camelbell.CamelbellApplication"));
        ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
        settings.forEach((key, value) ->
                start.environment().put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        process = start.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "log-of-the-hub");
        reader.setDaemon(true);
        reader.start();
        CompletableFuture.allOf(port, up).join();
    }

    /** Of this benchmark. Started by Maven it runs in Maven's process, whose own class path is another. */
    static String classPath() {
        if (HubUnderTest.class.getClassLoader() instanceof URLClassLoader given) {
            return Arrays.stream(given.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path", "");
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                find(PUBLIC, line, port);
                Matcher tomcat = MANAGEMENT.matcher(line);
                if (tomcat.find()) {
                    management.set(tomcat.group(1)); // of two, where it has a port of its own, the second is the one
                }
                find(UP, line, up);
            }
        } catch (IOException cut) {
            keep(cut.toString());
        } finally {
            IllegalStateException gone = new IllegalStateException("The hub has ended: " + String.join("\n", log));
            Stream.of(port, up).forEach(wanted -> wanted.completeExceptionally(gone));
        }
    }

    private synchronized void keep(String line) {
        if (line.contains(" WARN ") || line.contains(" ERROR ")) {
            System.out.println("  hub: " + line);
        }
        log.add(line);
        if (log.size() > LINES) {
            log.remove();
        }
    }

    private static void find(Pattern wanted, String line, CompletableFuture<String> found) {
        Matcher matcher = wanted.matcher(line);
        if (matcher.find()) {
            found.complete(matcher.group(1));
        }
    }

    /** The public port. */
    int port() {
        return Integer.parseInt(port.join());
    }

    /** Of its management port. */
    int managementPort() {
        return Integer.parseInt(management.get());
    }

    long pid() {
        return process.pid();
    }

    /** Resident memory of a process, in KiB, after a full collection. */
    static long resident(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("jcmd", String.valueOf(pid), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** What its Prometheus page says, line by line. */
    static List<String> metrics(int managementPort) throws IOException, InterruptedException {
        URI page = URI.create("http://localhost:" + managementPort + "/actuator/prometheus");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", stop));
        }
    }
}
