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

    private final Target target;
    private final Events events;

    private Clients(Target target) {
        this.target = target;
        this.events = new Events(target.settings());
    }

    /** Arguments: key=value pairs from {@link PushBenchmark}, and the names of the parts. */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(args)
                .filter(arg -> arg.contains("="))
                .forEach(arg -> settings.put(arg.split("=", 2)[0], arg.split("=", 2)[1]));
        Clients clients = new Clients(new Target(settings));
        for (String part : args) {
            if (!part.contains("=")) {
                clients.run(Part.of(part));
            }
        }
        System.exit(0);
    }

    private void run(Part part) throws Exception {
        String name = part.name();
        int size = part.size();
        Bursts bursts = new Bursts(target, events);
        switch (part.kind()) {
            case "one" -> atRest(name, 1, size == 0 ? 400 : size, 10, 300);
            case "sockets" -> atRest(name, size, 30, 1, 40);
            case "admins" -> {
                if (part.times() == 0) {
                    fanOut(name, size);
                } else {
                    bursts.toAdmins(part);
                }
            }
            case "connects" -> connects(name, size);
            case "idle" -> idle(name, size);
            case "half" -> new HalfLoad(target, events).run(part);
            case "burst" -> bursts.toSocketsOfOne(part);
            case "own" -> bursts.toEachTheirOwn(part);
            default -> throw new IllegalArgumentException("No part " + name + ": " + Part.HELP);
        }
    }

    /** Events for one person with so many sockets, so many a second, after so many that warm up. */
    private void atRest(String part, int sockets, int warm, int perSecond, int count) throws Exception {
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(sockets, AT_ONCE, client -> ONE);
            Arrivals arrivals = crowd.expect(warm * sockets, Arrivals.Places.everybody(sockets));
            pace(Math.max(20, warm / 20), warm);
            arrivals.await(crowd);
            TimeUnit.SECONDS.sleep(3); // at rest again
            Steps steps = Steps.now(target.managementPort());
            double cpu = target.cpu();
            arrivals = crowd.expect(count * sockets, Arrivals.Places.everybody(sockets));
            pace(perSecond, count);
            arrivals.await(crowd);
            say(part, "%s; hub's CPU %.2f ms an event".formatted(arrivals.times(), (target.cpu() - cpu) / count));
            say(part, Steps.now(target.managementPort()).since(steps));
            TimeUnit.SECONDS.sleep(3); // the sweep of all sockets would bring what is too much
            verdict(part, crowd.wrong());
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
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(admins, AT_ONCE, client -> client + ONE);
            Figures last = new Figures();
            Figures frames = new Figures();
            double cpu = 0;
            for (int round = -10; round < 10; round++) {
                TimeUnit.SECONDS.sleep(1);
                if (round == 0) {
                    cpu = target.cpu();
                }
                Arrivals arrivals = crowd.expect(admins, Arrivals.Places.everybody(admins));
                long at = events.postedAt(events.created());
                arrivals.await(crowd);
                if (round >= 0) {
                    last.add(arrivals.lastAt() - at);
                    frames.add((long) (arrivals.times().percentile(50) * 1e6));
                }
            }
            say(
                    part,
                    "last frame: %s; median frame: p50 %.1f ms; hub's CPU %.0f ms an event with its seconds of rest"
                            .formatted(last, frames.percentile(50), (target.cpu() - cpu) / 10));
            TimeUnit.SECONDS.sleep(3); // as above
            verdict(part, crowd.wrong());
        }
    }

    /** So many connect, each as soon as one of 200 before it is greeted. */
    private void connects(String part, int clients) throws Exception {
        for (int round = 1; round <= 5; round++) {
            try (Crowd crowd = new Crowd(target, events)) {
                double cpu = target.cpu();
                long begun = System.nanoTime();
                crowd.connect(clients, AT_ONCE, client -> client % 1000 + ONE);
                double seconds = (System.nanoTime() - begun) / 1e9;
                say(
                        part,
                        "round %d: %.0f connects/s, greeted; hub's CPU %.2f ms each"
                                .formatted(round, clients / seconds, (target.cpu() - cpu) / clients));
            }
            TimeUnit.SECONDS.sleep(3);
        }
    }

    /** What so many sockets cost that nothing comes to. */
    private void idle(String part, int clients) throws Exception {
        TimeUnit.SECONDS.sleep(3);
        long before = HubUnderTest.resident(target.pid());
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(clients, AT_ONCE, client -> client % 1000 + ONE);
            TimeUnit.SECONDS.sleep(5);
            long with = HubUnderTest.resident(target.pid());
            double cpu = target.cpu();
            TimeUnit.SECONDS.sleep(20);
            say(
                    part,
                    "%.1f KiB RSS a socket (%d MiB before); CPU at rest %.1f %% of a core; %d lost"
                            .formatted(
                                    (with - before) / (double) clients,
                                    before / 1024,
                                    (target.cpu() - cpu) / 200,
                                    crowd.lost()));
        }
    }

    /** What was lost, doubled or out of turn. */
    static void verdict(String part, List<String> wrong) {
        say(part, wrong.isEmpty() ? "each frame came once, in the order of seq" : "WRONG: " + wrong);
    }

    static void say(String part, String text) {
        System.out.printf(Locale.ROOT, "%-13s %s%n", part, text);
    }
}
