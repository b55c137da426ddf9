package camelbell.bench.endtoend;

import camelbell.CamelbellApplication;
import camelbell.bench.Child;
import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import camelbell.it.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One of those that are measured against each other; started anew for each of its turns, in a process of its own.
 *
 * @param jar of a packaged hub; empty: this checkout's classes
 * @param isHub false: the hand-written loop
 */
record Contender(String name, String jar, boolean isHub) {

    private static final Pattern UP = Pattern.compile("Started CamelbellApplication in (\\S+)");
    private static final Pattern LISTENING = Pattern.compile("listening port=(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern READY = Pattern.compile("(ready)");

    /** In the order in which they take their turns. */
    static List<Contender> of(Options options) {
        List<Contender> all = new ArrayList<>();
        all.add(new Contender("hub", options.jar(), true));
        for (String jar : options.jars()) {
            all.add(new Contender(Path.of(jar).getFileName().toString().replace(".jar", ""), jar, true));
        }
        if (options.loop()) {
            all.add(new Contender("loop", "", false));
        }
        return all;
    }

    /** A contender that runs. Its ports: that of its sockets and that of its metrics, 0 where it has none. */
    record Running(Child process, Map<String, String> properties, int port, int management) implements AutoCloseable {

        @Override
        public void close() {
            process.close();
        }
    }

    /** Starts it with a database and topics of its own, and waits until it is up. */
    Running start(String turn, Options options, Providers providers) throws Exception {
        Map<String, String> properties = Stack.properties();
        properties.put("camelbell.mail.port", String.valueOf(providers.mailPort()));
        properties.put("camelbell.whatsapp.base-url", "http://localhost:" + providers.cloudApiPort());
        properties.remove("camelbell.health.exit");
        if (options.durable()) {
            Rows.makeDurable(properties);
        }
        return isHub ? hub(turn, options, properties) : loop(turn, providers, properties);
    }

    private Running hub(String turn, Options options, Map<String, String> properties) throws InterruptedException {
        properties.putAll(Stack.freshDatabase()); // an older hub does not know the newest tables
        properties.putAll(options.settings());
        List<String> jvm = new ArrayList<>(options.jvm());
        jvm.add("-Xlog:gc:file=target/bench/" + turn + "-gc.log");
        List<String> command = new ArrayList<>();
        if (jar.isEmpty()) {
            command.addAll(Child.java(jvm, false, CamelbellApplication.class));
            command.set(0, options.java());
        } else {
            command.add(options.java());
            command.addAll(jvm);
            command.addAll(List.of("-jar", jar));
        }
        Map<String, String> environment = new HashMap<>();
        properties.forEach((key, value) -> environment.put(variable(key), value));
        Child process = new Child(turn, command, environment);
        process.await(UP);
        return new Running(
                process,
                properties,
                Integer.parseInt(process.await(LISTENING)),
                Integer.parseInt(process.await(MANAGEMENT)));
    }

    /** As the head of application.yaml says. */
    private static String variable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Running loop(String turn, Providers providers, Map<String, String> properties) throws Exception {
        Upstream.createTopics(properties);
        properties.put("bench.cloud-api.port", String.valueOf(providers.cloudApiPort()));
        List<String> options = new ArrayList<>();
        properties.forEach((key, value) -> options.add("-D" + key + "=" + value));
        Child process = new Child(turn, Child.java(options, true, EndToEndLoop.class), Map.of());
        process.await(READY);
        return new Running(process, properties, 0, 0);
    }
}
