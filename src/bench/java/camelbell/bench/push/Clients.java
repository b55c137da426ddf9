package camelbell.bench.push;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The process of the clients: it posts the events and receives the frames, so that one clock measures both. */
final class Clients {

    private static final long ONE = 1;
    private static final int AT_ONCE = 200;

    private final int port;
    private final int management;
    private final long pid;
    private final String secret;
    private final Events events;

    private Clients(Map<String, String> of) {
        this.port = Integer.parseInt(of.getOrDefault("port", ""));
        this.management = Integer.parseInt(of.getOrDefault("management", ""));
        this.pid = Long.parseLong(of.getOrDefault("pid", ""));
        this.secret = of.getOrDefault("secret", "");
        this.events = new Events(of.getOrDefault("brokers", ""), of.getOrDefault("topic", ""));
    }

    /** Arguments: key=value pairs from {@link PushBenchmark}, and the names of the parts. */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(args)
                .filter(arg -> arg.contains("="))
                .forEach(arg -> settings.put(arg.split("=", 2)[0], arg.split("=", 2)[1]));
        Clients clients = new Clients(settings);
        for (String part : args) {
            if (!part.contains("=")) {
                clients.run(part);
            }
        }
        System.exit(0);
    }

    private void run(String part) throws Exception {
        List<String> words = List.of(part.split(":", -1));
        int size = words.size() > 1 ? Integer.parseInt(words.get(1)) : 0;
        switch (words.get(0)) {
            case "one" -> atRest(part, 1, size == 0 ? 400 : size, 10, 300);
            case "sockets" -> atRest(part, size, 30, 1, 40);
            case "admins" -> fanOut(part, size);
            case "connects" -> connects(part, size);
            case "idle" -> idle(part, size);
            default -> throw new IllegalArgumentException(
                    "No part " + part + ": one[:N], sockets:N, admins:N, connects:N, idle:N");
        }
    }

    /** Events for one person with so many sockets, so many a second, after so many that warm up. */
    private void atRest(String part, int sockets, int warm, int perSecond, int count) throws Exception {
        try (Crowd crowd = new Crowd(port, events)) {
            crowd.connect(sockets, AT_ONCE, secret, client -> ONE);
            crowd.measureFrom(0);
            pace(Math.max(20, warm / 20), warm);
            crowd.awaitFrames(warm * sockets);
            TimeUnit.SECONDS.sleep(3); // at rest again
            Steps steps = Steps.now(management);
            double cpu = HubUnderTest.cpu(pid);
            crowd.measureFrom(0);
            pace(perSecond, count);
            crowd.awaitFrames(count * sockets);
            say(
                    part,
                    "%s; hub's CPU %.2f ms an event"
                            .formatted(crowd.times(), (HubUnderTest.cpu(pid) - cpu) * 1000 / count));
            say(part, Steps.now(management).since(steps));
        }
    }

    private void pace(int perSecond, int count) {
        long next = System.nanoTime();
        for (int event = 0; event < count; event++) {
            while (next - System.nanoTime() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            events.assigned(ONE);
            next += 1_000_000_000L / perSecond;
        }
    }

    /** One event for so many admins, each with a socket and a frame of their own: until the last has it. */
    private void fanOut(String part, int admins) throws Exception {
        try (Crowd crowd = new Crowd(port, events)) {
            crowd.connect(admins, AT_ONCE, secret, client -> client + ONE);
            Figures last = new Figures();
            Figures frames = new Figures();
            double cpu = 0;
            for (int round = -10; round < 10; round++) {
                TimeUnit.SECONDS.sleep(1);
                if (round == 0) {
                    cpu = HubUnderTest.cpu(pid);
                }
                crowd.measureFrom(0);
                long at = events.postedAt(events.created());
                crowd.awaitFrames(admins);
                if (round >= 0) {
                    last.add(crowd.lastAt() - at);
                    frames.add((long) (crowd.times().percentile(50) * 1e6));
                }
            }
            say(
                    part,
                    "last frame: %s; median frame: p50 %.1f ms; hub's CPU %.0f ms an event with its seconds of rest"
                            .formatted(last, frames.percentile(50), (HubUnderTest.cpu(pid) - cpu) * 100));
        }
    }

    /** So many connect, each as soon as one of 200 before it is greeted. */
    private void connects(String part, int clients) throws Exception {
        for (int round = 1; round <= 5; round++) {
            try (Crowd crowd = new Crowd(port, events)) {
                double cpu = HubUnderTest.cpu(pid);
                long begun = System.nanoTime();
                crowd.connect(clients, AT_ONCE, secret, client -> client % 1000 + ONE);
                double seconds = (System.nanoTime() - begun) / 1e9;
                say(
                        part,
                        "round %d: %.0f connects/s, greeted; hub's CPU %.2f ms each"
                                .formatted(round, clients / seconds, (HubUnderTest.cpu(pid) - cpu) * 1000 / clients));
            }
            TimeUnit.SECONDS.sleep(3);
        }
    }

    /** What so many sockets cost that nothing comes to. */
    private void idle(String part, int clients) throws Exception {
        TimeUnit.SECONDS.sleep(3);
        long before = HubUnderTest.resident(pid);
        try (Crowd crowd = new Crowd(port, events)) {
            crowd.connect(clients, AT_ONCE, secret, client -> client % 1000 + ONE);
            TimeUnit.SECONDS.sleep(5);
            long with = HubUnderTest.resident(pid);
            double cpu = HubUnderTest.cpu(pid);
            TimeUnit.SECONDS.sleep(20);
            say(
                    part,
                    "%.1f KiB RSS a socket (%d MiB before); CPU at rest %.1f %% of a core; %d lost"
                            .formatted(
                                    (with - before) / (double) clients,
                                    before / 1024,
                                    (HubUnderTest.cpu(pid) - cpu) * 5,
                                    crowd.lost()));
        }
    }

    private static void say(String part, String text) {
        System.out.printf(Locale.ROOT, "%-13s %s%n", part, text);
    }
}
