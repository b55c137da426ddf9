package camelbell.it;

import static org.awaitility.Awaitility.await;

import camelbell.dev.Guard;
import camelbell.dev.Ports;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A hub in a process of its own, configured by nothing but its environment, for what one JVM cannot show: several nodes,
 * signals, kill -9. What it says goes to a file, and it ends with this JVM at the latest.
 */
public final class HubProcess implements AutoCloseable {

    private static final String MAIN = "camelbell.CamelbellApplication";
    private static final Duration MAY_START = Duration.ofSeconds(Integer.getInteger("faults.start", 240));
    private static final Duration MAY_STOP = Duration.ofMinutes(1);
    private static final int TAIL = 200;
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;
    private final int managementPort;

    private HubProcess(String name, Process process, Path log, int port, int managementPort) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts a node: the packaged jar where {@code -Dfaults.jar=…} names it, else the classes of this build. Several may
     * start side by side; {@link #awaitReady} before one is used.
     *
     * @param folder where it runs, and where its log is
     * @param options of its JVM, over those that make it small
     */
    public static HubProcess start(String name, Map<String, String> settings, Path folder, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC", // little memory and few threads, beside others on a small machine
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options)); // the last one counts
        String jar = System.getProperty("faults.jar", "");
        command.addAll(
                jar.isEmpty()
                        ? List.of("-cp", productionClasses(), MAIN)
                        : List.of("-jar", Path.of(jar).toAbsolutePath().toString()));
        return run(name, settings, folder, command);
    }

    /**
     * The same by a command of its own.
     *
     * @param settings keys, or variables of the environment; a port that is not given, or 0, is a free one
     */
    public static HubProcess run(String name, Map<String, String> settings, Path folder, List<String> command) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(key -> Stream.of("CAMELBELL", "SPRING", "MANAGEMENT")
                .anyMatch(key::startsWith));
        settings.forEach((key, value) -> environment.put(variable(key), value));
        environment.remove("SERVER_PORT"); // other than the management port it would be a second server's
        environment.putIfAbsent("CAMELBELL_NODE", name);
        int port = port(environment, "CAMELBELL_HTTP_PORT");
        int managementPort = port(environment, "MANAGEMENT_SERVER_PORT");
        try {
            Process process = builder.start();
            Guard.over(process.toHandle(), "kill -9 \"$1\"", String.valueOf(process.pid()));
            return new HubProcess(name, process, log, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    /** As the head of application.yaml says. */
    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static int port(Map<String, String> environment, String variable) {
        int given = Integer.parseInt(environment.getOrDefault(variable, "0"));
        int port = given == 0 ? Ports.free() : given;
        environment.put(variable, String.valueOf(port));
        return port;
    }

    /** What the tests add to the hub is left out, above all their logging. */
    private static String productionClasses() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Until it serves; an assertion error with the end of its log when it does not. */
    public HubProcess awaitReady() {
        try {
            await().atMost(MAY_START).until(() -> {
                if (!isAlive()) {
                    throw new AssertionError(name + " ended with code " + process.exitValue() + ":\n" + tail());
                }
                return readiness() == 200;
            });
            return this;
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(name + " is not ready after " + MAY_START + ":\n" + tail(), late);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The public port. */
    public int port() {
        return port;
    }

    /** What the public port answers. */
    public HttpResponse<String> get(String path, String... headers) throws IOException {
        return send("http://localhost:" + port + path, headers);
    }

    /** What the management port answers. */
    public HttpResponse<String> management(String path) throws IOException {
        return send("http://127.0.0.1:" + managementPort + path);
    }

    private static HttpResponse<String> send(String url, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** HTTP status of the readiness probe; 0 while nobody answers. */
    public int readiness() {
        try {
            return management("/actuator/health/readiness").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** One metric's value, the sum over its tags, or over those of {@code ?tag=…}. */
    public double metric(String metric) {
        try {
            HttpResponse<String> answer = management("/actuator/metrics/" + metric);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(name + " does not tell its " + metric);
            }
            return JSON.readTree(answer.body()).at("/measurements/0/value").asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with everything it has ever said. */
    public Path log() {
        return log;
    }

    /** What it has said so far. */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines with this text. */
    public List<String> lines(String text) {
        return lines().stream().filter(line -> line.contains(text)).toList();
    }

    private String tail() {
        List<String> lines = lines();
        return log + "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /** SIGTERM: an orderly stop, which goes on after this returns. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM, and how long it took to end. */
    public Duration stop() {
        long began = System.nanoTime();
        terminate();
        awaitExit(MAY_STOP);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** SIGKILL: not a word, not a byte more; it is gone when this returns. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join(); // even when the test is interrupted, so that what follows is closed, too
    }

    /** The exit code. */
    public int awaitExit(Duration longest) {
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " runs on after " + longest + ":\n" + tail());
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
    }

    @Override
    public String toString() {
        return name;
    }
}
