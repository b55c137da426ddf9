package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the hub says of itself once a second, as a load balancer and a supervisor hear it. */
final class Pulse implements AutoCloseable {

    /**
     * One look.
     *
     * @param at moment of the question
     * @param status of HTTP; 0 when nobody answered
     * @param words what a readiness or liveness that is not UP gave as its reason
     */
    record Beat(long at, int status, String words) {

        boolean up() {
            return status == 200;
        }
    }

    private static final int WORDS = 400;

    private final HubProcess hub;
    private final List<Beat> readiness = new ArrayList<>();
    private final List<Beat> liveness = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Daemons.named("pulse"));

    Pulse(HubProcess hub) {
        this.hub = hub;
        var unusedReadiness = timer.scheduleAtFixedRate(() -> look("readiness", readiness), 0, 1, TimeUnit.SECONDS);
        var unusedLiveness = timer.scheduleAtFixedRate(() -> look("liveness", liveness), 0, 1, TimeUnit.SECONDS);
    }

    private void look(String probe, List<Beat> beats) {
        long at = Moment.now();
        Beat beat;
        try {
            HttpResponse<String> answer = hub.management("/actuator/health/" + probe);
            beat = new Beat(at, answer.statusCode(), answer.statusCode() == 200 ? "" : shortened(answer.body()));
        } catch (IOException e) {
            beat = new Beat(at, 0, e.getClass().getSimpleName());
        }
        synchronized (this) {
            beats.add(beat);
        }
    }

    private static String shortened(String words) {
        return words.substring(0, Math.min(WORDS, words.length()));
    }

    synchronized List<Beat> readiness(Span time) {
        return readiness.stream().filter(beat -> time.holds(beat.at)).toList();
    }

    synchronized List<Beat> liveness(Span time) {
        return liveness.stream().filter(beat -> time.holds(beat.at)).toList();
    }

    /** For the report: looks that were UP of all looks, of readiness and liveness. */
    String seen(Span time) {
        return "ready " + share(readiness(time)) + ", live " + share(liveness(time));
    }

    private static String share(List<Beat> beats) {
        return beats.stream().filter(Beat::up).count() + "/" + beats.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
