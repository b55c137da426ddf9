package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A minute of the fault suite for every build: bad records, cut commits and a kill, then every invariant. */
@Tag("long")
class ShortFaultsTest {

    private static final int BAD = 500;

    /** A stalled machine must not look like a provider that says nothing: two such attempts end a delivery as failed. */
    private static final List<String> PATIENT = List.of(
            "CAMELBELL_MAIL_CONNECT_TIMEOUT=7s",
            "CAMELBELL_MAIL_READ_TIMEOUT=7s",
            "CAMELBELL_MAIL_ATTEMPT_TIMEOUT=8s",
            "CAMELBELL_WHATSAPP_CONNECT_TIMEOUT=7s",
            "CAMELBELL_WHATSAPP_RESPONSE_TIMEOUT=7s",
            "CAMELBELL_WHATSAPP_ATTEMPT_TIMEOUT=8s",
            "CAMELBELL_DELIVERY_LEASE=15s");

    @Test
    void nothing_is_lost_when_bad_records_cut_commits_and_a_kill_come_together() throws Exception {
        try (Under run = new Under("short version")) {
            HubProcess hub = hub(run, "CAMELBELL_KAFKA_BATCH_SIZE=500", run.rig.commitsAloud());
            new Fuzz(run).post(BAD);
            Claims claims = new Claims(run.rig);
            run.rig.toPostgres.cutAt("COMMIT", run.random.nextBoolean(), 3);
            run.events(200);
            Wait.until("three commits are cut", Duration.ofSeconds(30), () -> run.rig.toPostgres.cuts() == 3);
            run.rig.toPostgres.heal();
            Wait.pass(Duration.ofMillis(run.random.nextInt(1000)));
            hub.kill();
            claims.note();
            hub(run);
            Audit audit = run.settles(claims.toString());
            assertThat(audit.lost()).isZero();

            theCheckerSeesWhatIsMissing(run);
        }
    }

    private static HubProcess hub(Under run, String... more) {
        return run.rig.hub(Stream.concat(PATIENT.stream(), Stream.of(more)).toArray(String[]::new));
    }

    /** A checker that finds nothing wrong must be able to. */
    private static void theCheckerSeesWhatIsMissing(Under run) {
        run.rig.database.execute("DELETE FROM notification_log WHERE id = (SELECT min(id) FROM notification_log)");
        run.bad.add(Bad.of("never posted", null, "EMPTY", ""));
        Audit audit = run.invariants().check();
        assertThat(audit.lost()).isPositive();
        assertThat(audit.broken())
                .anyMatch(line -> line.startsWith("I2 notification not recorded: 1 "))
                .anyMatch(line -> line.startsWith("I5 bad record without a dead letter: 1 "));
    }
}
