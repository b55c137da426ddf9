package camelbell.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether good clients were answered all the time, and whether health told when they were not.
 *
 * @param patience for how long an event may wait for its frame
 */
record Answered(GoodTraffic good, Pulse pulse, Duration patience, Findings findings) {

    /** Strangers may hold all places for new connections until they have to say something (camelbell.http.head-timeout, 8 s). */
    private static final Duration NEWCOMERS = Duration.ofSeconds(15);

    /** Answers slower than these are noticed: health may have noticed, too. */
    private static final long SLOW_CALL_MS = 1000;

    private static final long SLOW_EVENT_MS = 2000;

    /** With less patience for frames that are missing where the hub is not itself again. */
    void check(Span time, boolean well) {
        good.stopsPosting();
        boolean all = Wait.hasCome(() -> "frames", Duration.ofSeconds(well ? 60 : 5), () -> good.unseen()
                .isEmpty());
        findings.unless(
                all, "good socket: events without a frame", good.unseen().size());
        findings.unless(
                good.socket().resyncs() == 0,
                "good socket: told to resync",
                good.socket().resyncs());
        calls(time);
        List<Span> waits = good.frames().outages(time, patience.toMillis());
        waits.forEach(wait -> findings.unless(
                false, "good events: one waited longer than " + patience.toSeconds() + " s", wait.seconds() + " s"));
        List<Span> outages = new ArrayList<>(waits);
        outages.addAll(good.rest().outages(time, GoodTraffic.GIVES_UP.toMillis()));
        List<Span> slow = new ArrayList<>(good.rest().outages(time, SLOW_CALL_MS));
        slow.addAll(good.frames().outages(time, SLOW_EVENT_MS));
        slow.addAll(good.newcomers().outages(time, SLOW_CALL_MS));
        new HealthTruth(pulse, outages, slow, findings).check(time);
    }

    private void calls(Span time) {
        good.rest().in(time).stream()
                .filter(answer -> !answer.good())
                .forEach(answer -> findings.unless(
                        false,
                        "good REST client: " + answer.fault(),
                        "after " + (answer.asked() - time.from()) / 1000 + " s"));
        good.newcomers()
                .outages(time, GoodTraffic.GIVES_UP.toMillis())
                .forEach(outage -> findings.unless(
                        outage.to() - outage.from() <= NEWCOMERS.toMillis(),
                        "good newcomers: turned away for longer than " + NEWCOMERS.toSeconds() + " s",
                        outage.seconds() + " s"));
    }
}
