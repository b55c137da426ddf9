package camelbell.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A rig with users, a running hub, events that keep coming, and the end of it: one fault scenario. */
final class Under implements AutoCloseable {

    static final Duration SETTLE = Duration.ofMinutes(10);

    final Rig rig = new Rig();
    final Random random;
    final Workload workload;
    final List<Bad> bad = new ArrayList<>();

    /** Keys of records that may be dead letters, for whatever reason. */
    final List<String> either = new ArrayList<>();

    private final String name;
    private int runs = 1;

    Under(String name) {
        this.name = name;
        this.random = Seed.random(name);
        this.workload = new Workload(random, 60);
        rig.post(workload);
    }

    /** Posts so many events, one of which is poison. */
    void events(int count) {
        rig.post(workload.next(count));
        bad.add(Poison.post(rig, random, "bad-" + bad.size()));
    }

    /** Posts so many events spread over the time in small handfuls. */
    void events(int count, Duration time) {
        int handfuls = 10;
        for (int i = 0; i < handfuls; i++) {
            rig.post(workload.next(count / handfuls));
            Wait.pass(time.dividedBy(handfuls));
        }
    }

    void awaitStored(long events) {
        Wait.until(() -> events + " events stored, not " + stored(), SETTLE, () -> stored() >= events);
    }

    /** No delivery of this channel waits or is under way. */
    void awaitNoWork(String channel) {
        String left = "SELECT count(*) FROM delivery WHERE channel = '" + channel + "'";
        Wait.until(
                () -> "all of " + channel + " done: " + rig.database.count(left) + " left",
                SETTLE,
                () -> rig.database.count(left) == 0);
    }

    long stored() {
        return rig.database.count("SELECT count(*) FROM ticket_event");
    }

    void runs(int count) {
        runs = count;
    }

    Invariants invariants() {
        return new Invariants(rig, workload).deadLetters(bad).mayBeDeadLetters(either);
    }

    /** Everything settles and every invariant holds; a line for the report. */
    Audit settles(String remarks) {
        return settles(invariants(), remarks);
    }

    Audit settles(Invariants invariants, String remarks) {
        Audit audit = invariants.settled(SETTLE);
        Report.add(name, runs, audit, remarks);
        if (!audit.broken().isEmpty()) {
            throw new AssertionError(name + ", seed " + Seed.value() + ": " + String.join("\n", audit.broken()));
        }
        return audit;
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
