package camelbell.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process of the benchmark, whose output is read and kept in a file. It ends with this JVM at the latest. */
public final class Child implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.MINUTES.toMillis(15); // a machine that does much else

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread lastResort;
    private boolean ended;

    /**
     * Starts it.
     *
     * @param name of its log in {@code target/bench}
     */
    public Child(String name, List<String> command, Map<String, String> environment) {
        this.name = name;
        ProcessBuilder start = new ProcessBuilder(command).redirectErrorStream(true);
        start.environment().putAll(environment);
        try {
            Path log = Files.createDirectories(Path.of("target", "bench")).resolve(name + ".log");
            process = start.start();
            Thread reader = new Thread(() -> read(log), "log-of-" + name);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
        lastResort = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** The command line that runs a class of this class path. */
    public static List<String> java(List<String> options, boolean withTests, Class<?> main) {
        String all = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(
                withTests
                        ? all
                        : Arrays.stream(all.split(File.pathSeparator, -1))
                                .filter(entry -> !entry.contains("test-classes"))
                                .collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        return command;
    }

    private void read(Path log) {
        try (BufferedReader out = process.inputReader();
                PrintWriter file = new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                file.println(line);
                file.flush();
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException cut) {
            // it has been ended
        } finally {
            synchronized (lines) {
                ended = true;
                lines.notifyAll();
            }
        }
    }

    /** The first group in the first line that has the pattern; waits for it. */
    public String await(Pattern wanted) throws InterruptedException {
        return await(wanted, 0);
    }

    private String await(Pattern wanted, int from) throws InterruptedException {
        long until = System.currentTimeMillis() + PATIENCE;
        synchronized (lines) {
            for (int next = from; ; next++) {
                while (next >= lines.size()) {
                    if (ended || System.currentTimeMillis() > until) {
                        throw new IllegalStateException(name + (ended ? " has ended" : " does not answer")
                                + "; its log is target/bench/" + name + ".log");
                    }
                    lines.wait(1000);
                }
                Matcher found = wanted.matcher(lines.get(next));
                if (found.find()) {
                    return found.group(1);
                }
            }
        }
    }

    /** Sends a line, and waits for the next one that has the pattern. */
    public String ask(String line, Pattern answer) throws InterruptedException, IOException {
        int from;
        synchronized (lines) {
            from = lines.size();
        }
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        return await(answer, from);
    }

    /** Of the process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException shuttingDown) {
            process.destroyForcibly();
        }
    }
}
