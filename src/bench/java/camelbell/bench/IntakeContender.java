package camelbell.bench;

import camelbell.CamelbellApplication;
import camelbell.it.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A hub without channels, or the loop: a process that goes on through all turns, with a database and topics of its own. */
final class IntakeContender implements AutoCloseable {

    private static final String ROUTES = "classpath:routes/";

    final String name;
    private final Map<String, String> properties;
    private final Child process;
    private final Upstream upstream;
    private final boolean publishes;

    /**
     * One turn.
     *
     * @param rate events a second
     * @param cpu milliseconds of the process for each event
     * @param database the same of the database's server
     */
    record Turn(double rate, double cpu, double database) {}

    private IntakeContender(String name, Map<String, String> properties, Child process, boolean publishes) {
        this.name = name;
        this.properties = properties;
        this.process = process;
        this.upstream = new Upstream(properties);
        this.publishes = publishes;
    }

    /**
     * A hub.
     *
     * @param jar packaged; empty: this checkout's classes
     * @param status whether it publishes statuses beside, which is what it does by default
     */
    static IntakeContender hub(String name, String jar, boolean status, List<String> jvm, IntakeLoad load)
            throws Exception {
        Map<String, String> properties = Stack.properties();
        properties.putAll(Stack.freshDatabase()); // an older hub does not know the newest tables
        properties.put(
                "camel.main.routes-include-pattern",
                ROUTES + "10-*.camel.yaml," + ROUTES + "14-*.camel.yaml," + ROUTES + "15-*.camel.yaml," + ROUTES
                        + "20-*.camel.yaml," + ROUTES
                        + "30-*.camel.yaml," + ROUTES + "70-*.camel.yaml,"
                        + (status ? ROUTES + "61-*.camel.yaml," : "")
                        + ROUTES + "00-*.camel.yaml,file:src/bench/routes/*.camel.yaml");
        properties.put("camelbell.delivery.in-memory", "0");
        properties.remove("camelbell.health.exit");
        Map<String, String> environment = new HashMap<>();
        properties.forEach((key, value) ->
                environment.put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        List<String> command = new ArrayList<>(Child.java(jvm, false, CamelbellApplication.class));
        if (!jar.isEmpty()) {
            command = new ArrayList<>(command.subList(0, 1 + jvm.size()));
            command.addAll(List.of("-jar", jar));
        }
        Child process = new Child(name, command, environment);
        process.await(Pattern.compile("Started CamelbellApplication in (\\S+)"));
        IntakeContender hub = new IntakeContender(name, properties, process, status);
        load.users().forEach(user -> hub.upstream.post("users", user.key(), user.value()));
        hub.upstream.flush();
        Rows.await(properties, "SELECT count(*) FROM person", load.users().size());
        return hub;
    }

    static IntakeContender loop(IntakeLoad load) throws Exception {
        Map<String, String> properties = Stack.properties();
        Upstream.createTopics(properties);
        Path users = Files.createDirectories(Path.of("target", "bench")).resolve("users.ndjson");
        Files.write(
                users,
                load.users().stream()
                        .map(user -> new String(user.value(), java.nio.charset.StandardCharsets.UTF_8))
                        .toList());
        List<String> options = new ArrayList<>();
        properties.forEach((key, value) -> options.add("-D" + key + "=" + value));
        options.add("-Dbench.users=" + users);
        Child process = new Child("loop", Child.java(options, true, HandWrittenLoop.class), Map.of());
        process.await(Pattern.compile("(ready)"));
        return new IntakeContender("loop", properties, process, false);
    }

    /** Everything is posted at once; it is done when all of it is on file. Begins and ends with empty tables. */
    Turn turn(IntakeLoad load) throws SQLException, InterruptedException, IOException {
        double cpu = Cpu.millis(process.pid());
        double database = Cpu.database(properties);
        long begun = System.nanoTime();
        load.events().forEach(event -> upstream.post("ticket-events", event.key(), event.value()));
        upstream.flush();
        int events = load.events().size();
        Rows.await(properties, "SELECT count(*) FROM ticket_event", events);
        Rows.await(properties, "SELECT CASE WHEN EXISTS (SELECT FROM event_slice) THEN 0 ELSE 1 END", 1);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (publishes) { // otherwise nobody empties it
            Rows.await(properties, "SELECT CASE WHEN EXISTS (SELECT FROM status_outbox) THEN 0 ELSE 1 END", 1);
        }
        Turn turn = new Turn(
                events / seconds,
                (Cpu.millis(process.pid()) - cpu) / events,
                (Cpu.database(properties) - database) / events);
        long rows = Rows.count(properties, "SELECT count(*) FROM notification_log");
        if (load.notifications() > 0 && rows != load.notifications()) {
            throw new IllegalStateException(name + " wrote " + rows + " notifications of " + load.notifications());
        }
        TimeUnit.MILLISECONDS.sleep(500); // the commit of the last offsets
        try (Connection db = Rows.connect(properties);
                Statement statement = db.createStatement()) {
            statement.execute("TRUNCATE ticket_event, notification_log, delivery, inbox, status_outbox CASCADE");
        }
        return turn;
    }

    @Override
    public void close() {
        upstream.close();
        process.close();
    }
}
