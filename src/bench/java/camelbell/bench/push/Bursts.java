package camelbell.bench.push;

import camelbell.bench.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How many frames a second there are where all the events are posted at once. */
final class Bursts {

    private static final int AT_ONCE = 200;
    private static final int ROUNDS = 5;

    private final Target target;
    private final Events events;

    Bursts(Target target, Events events) {
        this.target = target;
        this.events = events;
    }

    /** To many sockets of one person, so that the hub reads and writes once what it sends to all of them. */
    void toSocketsOfOne(Part part) throws Exception {
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(part.size(), AT_ONCE, client -> 1);
            for (int round = 1; round <= ROUNDS; round++) {
                Arrivals arrivals = crowd.expect(part.size() * part.times(), Arrivals.Places.everybody(part.size()));
                post(part, "round " + round, crowd, arrivals, events.assigned(part.times(), place -> 1));
                check(part, crowd, arrivals, part.times(), part.times());
            }
        }
    }

    /** Of events that each tell all of so many admins, who have a socket and a frame of their own. */
    void toAdmins(Part part) throws Exception {
        int frames = part.size() * part.times();
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(part.size(), AT_ONCE, client -> client + 1L);
            for (int round = 1; round <= 2; round++) {
                Arrivals arrivals = crowd.expect(frames, Arrivals.Places.everybody(part.size()));
                post(part, "round " + round, crowd, arrivals, events.created(part.times()));
                check(part, crowd, arrivals, part.times(), frames);
            }
        }
    }

    /** Each event tells one of so many people; then they ask for all of it again, so that nothing has to be recorded. */
    void toEachTheirOwn(Part part) throws Exception {
        int frames = part.size() * part.times();
        Arrivals.Places places = Arrivals.Places.oneEach(part.size());
        Arrivals arrivals;
        try (Crowd crowd = new Crowd(target, events)) {
            crowd.connect(part.size(), AT_ONCE, client -> client + 1L);
            int few = part.size() * Math.max(1, part.times() / 10);
            arrivals = crowd.expect(few, places);
            post(part, "warm-up", crowd, arrivals, events.assigned(few, place -> place % part.size() + 1L));
            check(part, crowd, arrivals, few, few);
            arrivals = crowd.expect(frames, places);
            post(part, "posted", crowd, arrivals, events.assigned(frames, place -> place % part.size() + 1L));
            check(part, crowd, arrivals, frames, frames);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            try (Crowd crowd = new Crowd(target, events)) {
                crowd.connect(part.size(), AT_ONCE, client -> client + 1L);
                TimeUnit.SECONDS.sleep(2);
                Arrivals again = crowd.expect(arrivals.from(), frames, places);
                Used before = Used.now(target);
                crowd.resume(part.times());
                again.await(crowd);
                Used used = Used.now(target).since(before);
                Clients.say(
                        part.name(),
                        "resumed %d: %s"
                                .formatted(
                                        round,
                                        rate(frames, again.lastAt() - before.nanos(), again.firstAt() - before.nanos())
                                                + used.of(frames)));
                check(part, crowd, again, frames, frames);
            }
        }
    }

    private void post(Part part, String round, Crowd crowd, Arrivals arrivals, Runnable prepared) throws Exception {
        int count = events.next() - arrivals.from();
        long epoch = System.currentTimeMillis();
        Used before = Used.now(target);
        prepared.run();
        double posted = (System.nanoTime() - before.nanos()) / 1e9;
        arrivals.await(crowd);
        Used used = Used.now(target).since(before);
        long first = events.postedAt(arrivals.from());
        double recorded = Recorded.from(target.settings(), arrivals.from()).lastAt() - epoch;
        Clients.say(
                part.name(),
                "%s: %s; %d events posted in %.2f s, recorded at %.0f/s"
                        .formatted(
                                round,
                                rate(arrivals.wanted(), arrivals.lastAt() - first, arrivals.firstAt() - first)
                                        + used.of(arrivals.wanted()),
                                count,
                                posted,
                                count / recorded * 1000));
    }

    private static String rate(int frames, long all, long first) {
        return String.format(
                Locale.ROOT,
                "%.0f frames/s: %d in %.2f s (%.0f/s after the first, at %.0f ms)",
                frames * 1e9 / all,
                frames,
                all / 1e9,
                frames * 1e9 / (all - first),
                first / 1e6);
    }

    /** Nothing is lost where all have come; what is too much would come with the sweep of all sockets at the latest. */
    private void check(Part part, Crowd crowd, Arrivals arrivals, int posted, int notifications) throws Exception {
        TimeUnit.SECONDS.sleep(3);
        List<String> wrong = new ArrayList<>(crowd.wrong());
        Recorded recorded = Recorded.from(target.settings(), arrivals.from());
        if (recorded.events() != posted || recorded.notifications() != notifications) {
            wrong.add("of " + posted + " events and " + notifications + " notifications the table has " + recorded);
        }
        Clients.verdict(part.name(), wrong);
    }

    /** What has been used of the processors: by the hub and by the clients, in milliseconds. */
    private record Used(long nanos, double hub, double clients) {

        static Used now(Target target) {
            return new Used(
                    System.nanoTime(),
                    target.cpu(),
                    Cpu.millis(ProcessHandle.current().pid()));
        }

        Used since(Used before) {
            return new Used(nanos - before.nanos, hub - before.hub, clients - before.clients);
        }

        String of(int frames) {
            return String.format(
                    Locale.ROOT,
                    "; CPU: hub %.1f us a frame (%.0f %% of a core), clients %.1f us (%.0f %%)",
                    hub * 1000 / frames,
                    hub * 1e8 / nanos,
                    clients * 1000 / frames,
                    clients * 1e8 / nanos);
        }
    }
}
