package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A hub in a process of its own, started as the jar is: its main class, the production classes and settings from the
 * environment. For what one JVM cannot show: several nodes, signals, kill -9. It ends with this JVM at the latest.
 */
final class HubProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Pattern PUBLIC = Pattern.compile("listening port=(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern UP = Pattern.compile("Started CamelbellApplication in ()");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> port = new CompletableFuture<>();
    private final CompletableFuture<String> managementPort = new CompletableFuture<>();
    private final CompletableFuture<String> up = new CompletableFuture<>();
    private final Thread lastResort;

    private HubProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.lastResort = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(lastResort);
        Thread reader = new Thread(this::read, "log-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a node; several may start side by side. {@link #awaitUp} before it is used. */
    static HubProcess start(String name, Map<String, String> properties) {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                productionClasses(),
                "camelbell.CamelbellApplication");
        ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
        properties.forEach((key, value) -> start.environment().put(variable(key), value));
        start.environment().put("CAMELBELL_NODE", name);
        try {
            return new HubProcess(name, start.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    /** As the head of application.yaml says. */
    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String productionClasses() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                find(PUBLIC, line, port);
                find(MANAGEMENT, line, managementPort);
                find(UP, line, up);
            }
        } catch (IOException cut) {
            log.add("log cut off: " + cut.getMessage());
        } finally {
            IllegalStateException gone = new IllegalStateException("ended before it was up");
            List.of(port, managementPort, up).forEach(wanted -> wanted.completeExceptionally(gone));
        }
    }

    private static void find(Pattern wanted, String line, CompletableFuture<String> found) {
        Matcher matcher = wanted.matcher(line);
        if (matcher.find()) {
            found.complete(matcher.group(1));
        }
    }

    /** Until it serves; an assertion error with its log when it does not. */
    HubProcess awaitUp() {
        try {
            CompletableFuture.allOf(port, managementPort, up).get(START.toSeconds(), TimeUnit.SECONDS);
            return this;
        } catch (Exception failed) {
            throw new AssertionError(name + " did not start:\n" + String.join("\n", log), failed);
        }
    }

    /** The public port. */
    int port() {
        return Integer.parseInt(port.join());
    }

    /** What the management port answers: status and body. */
    HttpResponse<String> manage(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + managementPort.join() + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    /** One metric's value, the sum over its tags; 0 when there is none of that name (yet). */
    double metric(String metric) throws IOException, InterruptedException {
        HttpResponse<String> answer = manage("/actuator/metrics/" + metric);
        if (answer.statusCode() == 404) {
            return 0;
        }
        JsonNode measurements = new JsonMapper().readTree(answer.body()).path("measurements");
        return measurements.path(0).path("value").asDouble();
    }

    /** What it has said so far. */
    List<String> log() {
        return new ArrayList<>(log);
    }

    /** The log lines with this text. */
    List<String> log(String text) {
        return log.stream().filter(line -> line.contains(text)).toList();
    }

    Process process() {
        return process;
    }

    /** SIGTERM: an orderly stop, which goes on after this returns. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would close its log too
    }

    /** kill -9; it is gone when this returns. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** The exit code. */
    int awaitExit(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " runs on after " + longest + ":\n" + String.join("\n", log));
            }
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException shuttingDown) {
            log.add("closed while this JVM ends");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
