package camelbell.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL beside this JVM, for root (in a user namespace) and ordinary users alike.
 * It writes without fsync: what it holds survives its own crash and ours, not the machine's.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "camelbell";

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts on localhost:port, with what the directory holds from an earlier run. */
    public static PostgresServer start(int port, Path directory) {
        return start(port, directory, false, Map.of());
    }

    /** The same with TLS for whoever asks for it; the key is readable by its owner alone. */
    public static PostgresServer withTls(Path certificate, Path key) {
        return start(
                Ports.free(),
                TemporaryFolder.create("postgres"),
                true,
                Map.of("ssl", "on", "ssl_cert_file", certificate.toString(), "ssl_key_file", key.toString()));
    }

    /** On a free port, in a directory that goes with the JVM. */
    public static PostgresServer start() {
        return start(Ports.free(), TemporaryFolder.create("postgres"), true, Map.of());
    }

    private static PostgresServer start(
            int port, Path directory, boolean deleteAfterwards, Map<String, String> settings) {
        try {
            PostgresOrphan.stop(directory);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(deleteAfterwards)
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries())
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setServerConfig("synchronous_commit", "on") // off, as embedded by default, a crash forgets commits
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("log_min_messages", "fatal");
            settings.forEach(builder::setServerConfig);
            PostgresServer server = new PostgresServer(builder.start());
            PostgresOrphan.guard(directory);
            server.execute("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + USER + "') THEN"
                    + " CREATE ROLE " + USER + " LOGIN SUPERUSER; END IF; END $$");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start PostgreSQL on port " + port + " in " + directory, e);
        }
    }

    /** Where the binaries are unpacked once for all runs of one user. */
    private static java.io.File binaries() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "camelbell-postgres-binaries-" + System.getProperty("user.name"))
                .toFile();
    }

    /** The settings {@code spring.datasource.*} for this database, which is created when it is not there. */
    public Map<String, String> database(String name) {
        if (!exists(name)) {
            execute("CREATE DATABASE \"" + name + "\" OWNER " + USER);
        }
        return settings(name);
    }

    /** The same for a new database that begins as a copy of another one, to which nobody may be connected. */
    public Map<String, String> copy(String original, String name) {
        execute("CREATE DATABASE \"" + name + "\" TEMPLATE \"" + original + "\" OWNER " + USER);
        return settings(name);
    }

    private Map<String, String> settings(String name) {
        return Map.of(
                "spring.datasource.url", "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
                "spring.datasource.username", USER,
                "spring.datasource.password", USER);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop PostgreSQL", e);
        }
    }

    private boolean exists(String database) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look for the database " + database, e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }
}
