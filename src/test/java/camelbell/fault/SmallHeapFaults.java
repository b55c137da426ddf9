package camelbell.fault;

import camelbell.it.HubProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A hub with far too little memory: it may end, and be started again, but never stand there and say that it is well. */
class SmallHeapFaults {

    private static final Duration LASTS = Duration.ofSeconds(60);
    private static final Duration TELLS = Duration.ofSeconds(60);

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_hub_without_memory_ends_or_says_so_and_loses_nothing() throws Exception {
        try (Under run = new Under("a heap of 80 MB under load")) {
            String[] small = {"-Xmx80m", "CAMELBELL_KAFKA_BATCH_SIZE=500"};
            HubProcess hub = run.rig.starting(small);
            long end = Moment.now() + LASTS.toMillis();
            long stoodSince = Moment.now();
            long stored = 0;
            int ends = 0;
            long stoodUp = 0;
            while (Moment.now() < end) {
                run.rig.post(run.workload.next(50));
                Wait.pass(Duration.ofSeconds(1));
                if (!hub.isAlive()) {
                    ends++;
                    hub = run.rig.starting(small); // as a supervisor does
                }
                long now = run.rig.database.isBuilt() ? run.stored() : 0;
                boolean up = hub.readiness() == 200;
                if (now > stored || !up) {
                    stored = now;
                    stoodSince = Moment.now();
                }
                stoodUp = Math.max(stoodUp, Moment.now() - stoodSince);
            }
            hub.kill();
            run.rig.hub();
            run.settles("ended by itself " + ends + " times; longest standstill while readiness was UP "
                    + stoodUp / 1000 + " s");
            if (stoodUp > TELLS.toMillis()) {
                throw new AssertionError("readiness was UP for " + stoodUp + " ms although no event was stored");
            }
        }
    }
}
