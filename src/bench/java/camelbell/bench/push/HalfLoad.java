package camelbell.bench.push;

import camelbell.bench.Cpu;
import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import camelbell.bench.endtoend.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One person's frames are timed, ten a second, while the hub works at a rate of the end-to-end benchmark's events beside it:
 * mails and WhatsApp messages that doubles take, and a socket of each person.
 */
final class HalfLoad {

    /** The person whose frames are timed: with every address, and none of those whom the load is for. */
    static final int TIMED = Load.PEOPLE + 1;

    private static final String BESIDE = ":beside";
    private static final int RATE = 150;
    private static final int SECONDS = 60;
    private static final int AT_ONCE = 4000;
    private static final int TIMED_A_SECOND = 10;
    private static final String SETTLED =
            "SELECT CASE WHEN EXISTS (SELECT FROM delivery) THEN 0 ELSE count(*) END FROM ticket_event WHERE source = '"
                    + Events.SOURCE + BESIDE + "'";

    private final Target target;
    private final Events events;
    private int posted;

    HalfLoad(Target target, Events events) {
        this.target = target;
        this.events = events;
    }

    void run(Part part) throws Exception {
        int rate = part.size() == 0 ? RATE : part.size();
        int seconds = part.times() == 0 ? SECONDS : part.times();
        try (Upstream upstream = new Upstream(target.settings());
                Crowd crowd = new Crowd(target, events)) {
            crowd.connect(Load.PEOPLE + 1, Load.PEOPLE, client -> client == 0 ? TIMED : client);
            double cold = allAtOnce(upstream);
            Clients.say(part.name(), "warm-up: %d events at once, settled at %.0f/s".formatted(AT_ONCE, cold));
            TimeUnit.SECONDS.sleep(3);
            Steps steps = Steps.now(target.managementPort());
            held(part, upstream, crowd, rate, seconds);
            Clients.say(part.name(), Steps.now(target.managementPort()).since(steps));
            awaitSettled();
            double most = allAtOnce(upstream);
            Clients.say(
                    part.name(),
                    "%d events at once after it: settled at %.0f/s, of which the load was %.0f %%"
                            .formatted(AT_ONCE, most, rate * 100 / most));
            TimeUnit.SECONDS.sleep(3);
            Clients.verdict(part.name(), wrong(crowd, seconds * TIMED_A_SECOND));
        }
    }

    /** Events a second. */
    private double allAtOnce(Upstream upstream) throws Exception {
        long begun = System.nanoTime();
        post(upstream, AT_ONCE);
        upstream.flush();
        awaitSettled();
        return AT_ONCE * 1e9 / (System.nanoTime() - begun);
    }

    private void post(Upstream upstream, int count) {
        for (int event = 0; event < count; event++) {
            upstream.post(
                    "ticket-events", String.valueOf(Load.ticket(posted)), Load.event(Events.SOURCE + BESIDE, posted));
            posted++;
        }
    }

    private void awaitSettled() throws Exception {
        Rows.await(target.settings(), SETTLED, posted);
    }

    private void held(Part part, Upstream upstream, Crowd crowd, int rate, int seconds) throws Exception {
        int timed = seconds * TIMED_A_SECOND;
        Arrivals arrivals = crowd.expect(timed, (event, client) -> client == 0 ? event : Arrivals.Places.NONE);
        double hub = target.cpu();
        double clients = Cpu.millis(ProcessHandle.current().pid());
        int load = rate * seconds / Load.EVENTS_PER_TICKET * Load.EVENTS_PER_TICKET;
        long begun = System.nanoTime();
        int beside = 0;
        int count = 0;
        long timedAt = begun + withinItsTenth(count);
        while (beside < load || count < timed) {
            long loadAt = begun + TimeUnit.SECONDS.toNanos(beside) / rate;
            if (beside < load && (loadAt <= timedAt || count == timed)) {
                TimeUnit.NANOSECONDS.sleep(loadAt - System.nanoTime());
                post(upstream, 1);
                beside++;
            } else {
                TimeUnit.NANOSECONDS.sleep(timedAt - System.nanoTime());
                events.assigned(TIMED);
                count++;
                timedAt = begun + withinItsTenth(count);
            }
        }
        double took = (System.nanoTime() - begun) / 1e6;
        hub = target.cpu() - hub;
        clients = Cpu.millis(ProcessHandle.current().pid()) - clients;
        long waiting = Rows.count(target.settings(), "SELECT count(*) FROM delivery");
        arrivals.await(crowd);
        Clients.say(
                part.name(),
                "%s; beside it %.0f events/s for %.0f s, %d sends waited at the end; CPU: hub %.0f %% of a core, clients %.1f %%"
                        .formatted(
                                arrivals.times(),
                                beside * 1000 / took,
                                took / 1000,
                                waiting,
                                hub * 100 / took,
                                clients * 100 / took));
    }

    /** Of a second, at any moment of it, so that none is in step with the load. */
    private static long withinItsTenth(int number) {
        return (long) ((number + ThreadLocalRandom.current().nextDouble()) * 1e9 / TIMED_A_SECOND);
    }

    private List<String> wrong(Crowd crowd, int timed) throws Exception {
        List<String> wrong = new ArrayList<>(crowd.wrong());
        differ(wrong, "frames of the load", crowd.others(), (long) posted * Load.FRAMES_PER_EVENT);
        Recorded recorded = Recorded.from(target.settings(), 0);
        differ(wrong, "timed events recorded", recorded.events(), timed);
        differ(
                wrong,
                "sends that are SENT",
                Rows.count(
                        target.settings(),
                        "SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event WHERE n.status = 'SENT'"
                                + " AND n.channel <> 'SYSTEM' AND e.source LIKE '" + Events.SOURCE + "%'"),
                (long) posted * Load.SENDS_PER_EVENT + 2L * timed);
        differ(wrong, "deliveries left", Rows.count(target.settings(), "SELECT count(*) FROM delivery"), 0);
        return wrong;
    }

    private static void differ(List<String> wrong, String what, long found, long wanted) {
        if (found != wanted) {
            wrong.add(String.format(Locale.ROOT, "%s: %d instead of %d", what, found, wanted));
        }
    }
}
