package camelbell.fault;

import camelbell.fault.Pulse.Beat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Health held against what good clients saw. Readiness must be DOWN once events or REST have stood for longer than
 * health-and-metrics.md allows, and may be DOWN only where somebody had to wait; liveness never falls here, because
 * nothing in these attacks is mended by a restart only.
 *
 * @param outages times in which good clients had to wait for longer than they may
 * @param waits times in which they waited for longer than usual
 */
record HealthTruth(Pulse pulse, List<Span> outages, List<Span> waits, Findings findings) {

    /** camelbell.health.stall, 30 s, two looks, and what a busy machine adds. */
    private static final Duration TELLS = Duration.ofSeconds(40);

    /** What a good client notices may come a little before or after what health notices. */
    private static final long AROUND_MS = 20_000;

    private static final int FAILED_IN_A_ROW = 3;

    void check(Span time) {
        for (Beat beat : pulse.readiness(time)) {
            if (beat.up()) {
                findings.unless(
                        outages.stream().noneMatch(outage -> lies(beat, outage)),
                        "health: readiness UP although events or REST stood",
                        at(beat, time));
            } else {
                findings.unless(
                        Stream.concat(outages.stream(), waits.stream()).anyMatch(wait -> isNear(beat, wait)),
                        "health: readiness DOWN although everybody was answered",
                        at(beat, time));
            }
        }
        alive(time);
    }

    private boolean lies(Beat beat, Span outage) {
        return beat.at() > outage.from() + TELLS.toMillis() && beat.at() < outage.to();
    }

    private static boolean isNear(Beat beat, Span wait) {
        return beat.at() > wait.from() - AROUND_MS && beat.at() < wait.to() + AROUND_MS;
    }

    /** As a supervisor looks: several in a row. */
    private void alive(Span time) {
        int failed = 0;
        for (Beat beat : pulse.liveness(time)) {
            failed = beat.up() ? 0 : failed + 1;
            findings.unless(
                    failed < FAILED_IN_A_ROW,
                    "health: liveness not UP " + FAILED_IN_A_ROW + " times in a row",
                    at(beat, time));
        }
    }

    private static String at(Beat beat, Span time) {
        return "after " + (beat.at() - time.from()) / 1000 + " s: " + beat.status() + " " + beat.words();
    }
}
