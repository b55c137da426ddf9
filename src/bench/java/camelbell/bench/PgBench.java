package camelbell.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The same statements without the hub: pgbench of PostgreSQL 15 or later, which must be on the path. */
final class PgBench {

    private final String host;
    private final String port;
    private final String database;
    private final String user;
    private final String schema;

    /** @param url {@code jdbc:postgresql://host:port/database} */
    PgBench(String url, String user) {
        String[] parts = url.substring("jdbc:postgresql://".length()).split("[:/?]", -1);
        this.host = parts[0];
        this.port = parts[1];
        this.database = parts[2];
        this.user = user;
        this.schema = "public";
    }

    private PgBench(PgBench other, String schema) {
        this.host = other.host;
        this.port = other.port;
        this.database = other.database;
        this.user = other.user;
        this.schema = schema;
    }

    /** The same with tables of this schema before those of the hub. */
    PgBench in(String first) {
        return new PgBench(this, first);
    }

    static String version() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("pgbench", "--version").start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException absent) {
            throw new IOException(
                    "There is no pgbench on the path: on Debian it is in the package postgresql-15", absent);
        }
    }

    /** So many clients on two threads, prepared statements, for so long. */
    RestLoad.Result run(String script, int clients, int seconds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pgbench");
        Path file = Files.writeString(folder.resolve("script.sql"), script);
        Path said = folder.resolve("said.txt");
        List<String> command = List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                String.valueOf(clients),
                "-j",
                String.valueOf(Math.min(2, clients)),
                "-T",
                String.valueOf(seconds),
                "-f",
                file.toString(),
                "-l",
                "-h",
                host,
                "-p",
                port,
                "-U",
                user,
                database);
        ProcessBuilder start = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        start.environment().put("PGOPTIONS", "-c search_path=" + schema + ",public");
        Process process = start.start();
        if (!process.waitFor(seconds + 60L, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("pgbench failed: " + Files.readString(said) + "\n" + script);
        }
        long[] nanos;
        try (Stream<Path> logs = Files.list(folder)) {
            nanos = logs.filter(log -> log.getFileName().toString().startsWith("pgbench_log"))
                    .flatMap(PgBench::lines)
                    .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]) * 1000)
                    .toArray();
        }
        FileSystemUtils.deleteRecursively(folder);
        return RestLoad.Result.of(seconds, nanos);
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
