package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F1 and F2: the process vanishes. */
class KillFaults {

    private static final int KILLS = Integer.getInteger("faults.kills", 20);
    private static final int EVENTS = Integer.getInteger("faults.events", 5000);

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void nothing_is_lost_when_the_hub_is_killed_at_random_moments() throws IOException {
        Random random = Seed.random("kills");
        try (Rig rig = new Rig()) {
            Workload workload = new Workload(random, 60);
            rig.post(workload);
            Claims claims = new Claims(rig);
            List<Bad> bad = new ArrayList<>();
            HubProcess hub = rig.hub();
            for (int kill = 1; kill <= KILLS; kill++) {
                rig.post(workload.next(EVENTS / KILLS));
                bad.add(Poison.post(rig, random, "kill-" + kill));
                Wait.pass(Duration.ofMillis(random.nextInt(2500)));
                hub.kill();
                claims.note();
                hub = random.nextInt(4) == 0 ? killedWhileStarting(rig, random, claims) : rig.hub();
            }
            Audit audit = new Invariants(rig, workload).deadLetters(bad).settled(Under.SETTLE);
            Report.add("F1 kill -9 at random moments", KILLS, audit, claims.toString());
            assertThat(audit.broken()).isEmpty();
            claims.bound(audit);
        }
    }

    @Test
    void a_kill_between_the_providers_acceptance_and_our_record_costs_at_most_one_copy() throws Exception {
        try (Under run = new Under("F2 kill -9 between a provider's 200 and our commit")) {
            Claims claims = new Claims(run.rig);
            for (int round = 0; round < 5; round++) {
                HubProcess hub = run.rig.hub();
                long before = run.stored();
                run.rig.toSmtp.delay(Duration.ofMillis(30)); // so that many wait in memory when it strikes
                run.events(100);
                run.awaitStored(before + 30);
                run.rig.toPostgres.stall();
                long sent = run.rig.smtp.messages().size();
                Wait.until(
                        "mail is sent of which nobody can write",
                        Duration.ofSeconds(15),
                        () -> run.rig.smtp.messages().size() > sent + 5);
                hub.kill();
                claims.note();
                run.rig.toSmtp.heal();
                run.rig.toPostgres.heal();
                run.rig.toPostgres.cut();
            }
            run.rig.hub();
            run.runs(5);
            Audit audit = run.settles(claims.toString());
            claims.bound(audit);
            assertThat(audit.duplicates("EMAIL"))
                    .as("the kills struck where they should")
                    .isPositive();
        }
    }

    /** One in four dies a second time, before it is ready. */
    private static HubProcess killedWhileStarting(Rig rig, Random random, Claims claims) {
        HubProcess hub = rig.starting();
        Wait.pass(Duration.ofMillis(random.nextInt(6000)));
        hub.kill();
        claims.alsoKilled();
        return rig.hub();
    }
}
