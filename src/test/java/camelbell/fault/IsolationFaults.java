package camelbell.fault;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.mail.ScriptedSmtp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F24: a channel that is down for all of a run does not slow the others down. */
class IsolationFaults {

    private static final int ROUNDS = 4;
    private static final int EVENTS = 150;
    private static final Duration PACE = Duration.ofMillis(100);
    private static final double MOST = 1.2;

    /** Below it a difference is the clock's and the scheduler's, not the hub's. */
    private static final long NOISE_MS = 5;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void whatsapp_is_as_quick_while_the_mail_server_is_silent_as_before() throws Exception {
        try (Under run = new Under("F24 mail server silent for half of the run")) {
            run.rig.hub();
            Map<String, Instant> posted = new HashMap<>();
            steadily(run, posted); // warm-up
            List<List<Long>> well = new ArrayList<>();
            List<List<Long>> ill = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                posted.clear();
                steadily(run, posted);
                well.add(latencies(run, posted));
                run.rig.smtp.answer("RCPT", ScriptedSmtp.SILENCE);
                posted.clear();
                steadily(run, posted);
                ill.add(latencies(run, posted));
                run.rig.smtp.usual("RCPT");
                run.rig.smtp.hangUp();
                run.awaitNoWork("EMAIL");
            }
            run.runs(ROUNDS);
            long before = quantile(well, 0.5);
            long during = quantile(ill, 0.5);
            run.settles("WhatsApp, posted to received: median " + before + " ms well, " + during + " ms ill; p95 "
                    + quantile(well, 0.95) + " ms well, " + quantile(ill, 0.95) + " ms ill");
            assertThat((double) during).isLessThanOrEqualTo(before * MOST + NOISE_MS);
        }
    }

    /** One event each 100 ms, and when it was posted. */
    private static void steadily(Under run, Map<String, Instant> posted) {
        for (int i = 0; i < EVENTS; i++) {
            List<Workload.Posted> one = run.workload.next(1);
            posted.put(one.get(0).id(), Instant.now());
            run.rig.post(one);
            Wait.pass(PACE);
        }
        run.awaitStored(run.workload.events());
        run.awaitNoWork("WHATSAPP");
    }

    /** Milliseconds between an event's posting and the Cloud API's receiving each of its messages. */
    private static List<Long> latencies(Under run, Map<String, Instant> posted) {
        Map<Long, String> events = new HashMap<>();
        run.rig
                .database
                .rows("SELECT l.id, e.event_id FROM notification_log l JOIN ticket_event e ON e.id = l.event")
                .forEach(row -> events.put(Long.parseLong(row.get(0)), row.get(1)));
        List<Long> latencies = new ArrayList<>();
        run.rig.cloud.received(Integer.MAX_VALUE).forEach(request -> {
            String id = requireNonNull(request.body())
                    .getString("biz_opaque_callback_data")
                    .split("/", -1)[0];
            Instant from = posted.get(events.get(Long.parseLong(id)));
            if (from != null) {
                latencies.add(
                        Duration.between(from, Instant.parse(request.at())).toMillis());
            }
        });
        return latencies;
    }

    private static long quantile(List<List<Long>> rounds, double share) {
        List<Long> sorted = rounds.stream().flatMap(List::stream).sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
