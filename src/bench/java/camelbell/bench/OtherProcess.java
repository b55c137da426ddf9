package camelbell.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

/** A Java program beside the benchmark, and what it costs. It ends with the benchmark at the latest. */
final class OtherProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long STOP = 30;

    private final Process process;
    private final BufferedReader out;

    private OtherProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** The doubles, whose first line names their ports. */
    static OtherProcess providers(String java, String mailTakes, String messageTakes) throws IOException {
        List<String> options = List.of("-Xmx128m", "-XX:+UseSerialGC");
        return start(java, options, true, Providers.class.getName(), List.of(mailTakes, messageTakes), Map.of());
    }

    /** A hub as the jar is, with settings from the environment. */
    static OtherProcess hub(String java, List<String> options, Map<String, String> settings) throws IOException {
        return start(java, options, false, "camelbell.CamelbellApplication", List.of(), settings);
    }

    private static OtherProcess start(
            String java,
            List<String> options,
            boolean tests,
            String main,
            List<String> arguments,
            Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> tests || !entry.contains("test-classes"))
                        .collect(Collectors.joining(File.pathSeparator)),
                main));
        command.addAll(arguments);
        ProcessBuilder start = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        environment.forEach((key, value) ->
                start.environment().put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        return new OtherProcess(start.start());
    }

    /** The next line that it says. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the process has ended");
        }
        return line;
    }

    /** What it answers to a line. */
    String ask() throws IOException {
        OutputStream in = process.getOutputStream();
        in.write('\n');
        in.flush();
        return line();
    }

    /** From now on its warnings are passed on, and nothing else that it says. */
    void follow() {
        Thread rest = new Thread(() -> {
            try {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.contains(" WARN ") || line.contains(" ERROR ")) {
                        System.out.println("hub: " + line);
                    }
                }
            } catch (IOException ended) {
                // with the process
            }
        });
        rest.setDaemon(true);
        rest.start();
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in MiB. */
    long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Of a hub whose management port this is; 0 while there is none of that name. */
    static double metric(String port, String name) throws IOException, InterruptedException {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/metrics/" + name))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() == 404
                ? 0
                : new JsonMapper()
                        .readTree(answer.body())
                        .path("measurements")
                        .path(0)
                        .path("value")
                        .asDouble();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
