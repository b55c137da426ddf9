package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** K1 to K13, ten thousand times. */
class FuzzFaults {

    private static final int RECORDS = Integer.getInteger("faults.records", 10_000);

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void every_bad_record_is_dead_lettered_with_its_reason_every_good_one_delivered_and_memory_stays_flat()
            throws Exception {
        try (Under run = new Under("K1-K13 fuzzer")) {
            HubProcess hub = run.rig.hub(Siege.AS_SHIPPED.toArray(String[]::new)); // no copy may be a hasty time-out's
            Fuzz fuzz = new Fuzz(run);
            fuzz.post(RECORDS / 5);
            fuzz.awaitRead();
            long before = LiveMemory.of(hub);
            fuzz.post(RECORDS - RECORDS / 5);
            fuzz.awaitRead();
            long after = LiveMemory.of(hub);
            Audit audit = run.settles(String.format(
                    "%d bad records of %d kinds; live heap %d MiB after a fifth, %d MiB at the end",
                    RECORDS, fuzz.kinds(), before >> 20, after >> 20));
            assertThat(after).isLessThan(before + Fuzz.MAY_GROW);
            assertThat(audit.duplicates().values()).containsOnly(0L);
        }
    }
}
