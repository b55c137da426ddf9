package camelbell.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A hub in a process of its own, configured by nothing but its environment (contract §8), so that it can be killed. It is
 * the packaged jar where {@code -Dfaults.jar=…} names it, else the classes of this build.
 */
final class HubProcess implements AutoCloseable {

    private static final String MAIN = "camelbell.CamelbellApplication";
    private static final Duration MAY_START = Duration.ofSeconds(Integer.getInteger("faults.start", 240));
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Process process;
    private final Process guard;
    private final Path log;
    private final int http;
    private final int management;

    private HubProcess(Process process, Path log, Map<String, String> environment) throws IOException {
        this.process = process;
        this.log = log;
        this.http = Integer.parseInt(environment.getOrDefault("CAMELBELL_HTTP_PORT", ""));
        this.management = Integer.parseInt(environment.getOrDefault("MANAGEMENT_SERVER_PORT", ""));
        this.guard = guard(process.pid());
    }

    static HubProcess start(Map<String, String> environment, List<String> options, Path folder, String name) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(options))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("CAMELBELL") || key.startsWith("SPRING"));
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", classpath());
        try {
            return new HubProcess(builder.start(), log, environment);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a hub", e);
        }
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC", // little memory and few threads, beside others on a small machine
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options); // the last one counts
        String jar = System.getProperty("faults.jar", "");
        command.addAll(jar.isEmpty() ? List.of(MAIN) : List.of("-jar", jar));
        return command;
    }

    /** What the tests add to the hub is left out, above all their logging. */
    private static String classpath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Ends the hub when this JVM ends, whatever ended it (POSIX only). */
    private static Process guard(long pid) throws IOException {
        return new ProcessBuilder("sh", "-c", "trap '' INT TERM HUP; cat >/dev/null; kill -9 " + pid)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int port() {
        return http;
    }

    String url(String path) {
        return "http://localhost:" + http + path;
    }

    /** Everything the process has ever said. */
    Path log() {
        return log;
    }

    HubProcess awaitReady() {
        Wait.until("the hub is ready", MAY_START, () -> {
            if (!isAlive()) {
                throw new AssertionError(
                        "the hub ended with code " + process.exitValue() + ", see " + log + "\n" + tail());
            }
            return readiness() == 200;
        });
        return this;
    }

    /** HTTP status of the readiness probe; 0 while nobody answers. */
    int readiness() {
        return status("/actuator/health/readiness");
    }

    private int status(String path) {
        try {
            return management(path).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    HttpResponse<String> management(String path) throws IOException {
        return get("http://127.0.0.1:" + management + path);
    }

    static HttpResponse<String> get(String url, String... headers) throws IOException {
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

    /** SIGKILL: not a word, not a byte more. */
    void kill() {
        process.destroyForcibly();
        join(Duration.ofSeconds(20));
        guard.destroyForcibly();
    }

    /** SIGTERM, and how long the hub took to end. */
    Duration terminate() {
        long began = System.nanoTime();
        process.destroy();
        join(Duration.ofMinutes(1));
        guard.destroyForcibly();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void join(Duration most) {
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the hub still runs after " + most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        kill();
    }
}
