package camelbell.fault;

import camelbell.it.HubProcess;
import java.time.Duration;
import java.util.List;

/** When a hub is itself again after its attackers have gone: ready, and answering as in the quiet phase. */
final class Recovery {

    /** A busy machine is no attack: below it an answer counts as quick. */
    private static final long QUICK_MS = 500;

    private static final int SLOWER = 3;
    private static final int CALLS = 10;
    private static final Duration FOR_MEMORY = Duration.ofSeconds(30);

    private final HubProcess hub;
    private final GoodTraffic good;
    private final Pulse pulse;
    private final Span quiet;
    private final long end;

    /** Since this moment nobody attacks. */
    Recovery(HubProcess hub, GoodTraffic good, Pulse pulse, Span quiet, long end) {
        this.hub = hub;
        this.good = good;
        this.pulse = pulse;
        this.quiet = quiet;
        this.end = end;
    }

    /** Milliseconds that it took; -1 when it did not come. */
    long await(Duration most, Findings findings) {
        if (Wait.hasCome(() -> "recovery", most, () -> !hub.isAlive() || isWell()) && hub.isAlive()) {
            return Moment.now() - end;
        }
        findings.unless(
                false,
                "recovery: " + (hub.isAlive() ? "not itself again" : "the process has ended"),
                "after " + (Moment.now() - end) / 1000 + " s: " + state());
        return -1;
    }

    private boolean isWell() {
        Span since = new Span(end, Moment.now());
        List<Pulse.Beat> beats = pulse.readiness(since);
        return !beats.isEmpty()
                && beats.get(beats.size() - 1).up()
                && areQuick(good.rest(), CALLS, since)
                && areQuick(good.frames(), 1, since);
    }

    /** The last ones of those asked since the end; for events also none that still waits. */
    private boolean areQuick(Answers answers, int count, Span since) {
        long quick = Math.max(QUICK_MS, SLOWER * answers.quantile(quiet, 0.99));
        List<Answers.Answer> last = answers.in(since);
        return last.size() >= count
                && last.subList(last.size() - count, last.size()).stream()
                        .allMatch(answer -> answer.good() && answer.took() <= quick);
    }

    private String state() {
        Span since = new Span(end, Moment.now());
        return pulse.seen(since) + ", REST p50 " + good.rest().quantile(since, 0.5) + " ms, event to frame p50 "
                + good.frames().quantile(since, 0.5) + " ms";
    }

    /** Bytes after a collection; -1 when the hub does not tell. */
    static long memory(HubProcess hub) {
        try {
            return LiveMemory.of(hub);
        } catch (RuntimeException e) {
            return -1;
        }
    }

    /** What is still used when it has come back to its level, or when nobody waits longer for that. */
    long memoryBackTo(long before, Findings findings) {
        long[] now = {-1};
        boolean back = Wait.hasCome(() -> "memory", FOR_MEMORY, () -> {
            now[0] = memory(hub);
            return now[0] >= 0 && now[0] <= before + Fuzz.MAY_GROW;
        });
        findings.unless(back, "memory: not back at its level", (before >> 20) + " -> " + (now[0] >> 20) + " MiB");
        return now[0];
    }
}
