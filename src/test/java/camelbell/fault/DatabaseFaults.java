package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import camelbell.it.Tokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F3 to F5: the database is away, silent, cut off in mid-commit or read-only. Nothing is dead-lettered but real poison. */
class DatabaseFaults {

    private static final Duration OUTAGE = Duration.ofSeconds(30);

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_database_that_crashes_and_is_away_for_half_a_minute_loses_nothing_and_the_hub_comes_back_by_itself()
            throws Exception {
        try (Under run = new Under("F3 database crashes, 30 s away")) {
            HubProcess hub = run.rig.hub();
            run.events(300);
            run.awaitStored(50);
            run.rig.crashPostgres();
            run.events(300, OUTAGE);
            String health = "readiness " + hub.readiness() + ", API " + api(run, hub);
            assertThat(hub.isAlive()).isTrue();
            run.rig.startPostgres();
            Audit audit = run.settles(health + " meanwhile");
            assertThat(health).isEqualTo("readiness 503, API 503");
            assertThat(hub.awaitReady().isAlive()).isTrue();
            few(run, audit);
        }
    }

    @Test
    void a_hub_that_starts_before_its_database_waits_for_it() throws Exception {
        try (Under run = new Under("F3 database away at the start")) {
            run.rig.stopPostgres();
            HubProcess hub = run.rig.starting();
            run.events(200);
            Wait.pass(Duration.ofSeconds(15));
            assertThat(hub.isAlive()).isTrue();
            run.rig.startPostgres();
            run.rig.database.awaitBuilt();
            few(run, run.settles("15 s away"));
        }
    }

    @Test
    void a_database_that_is_paused_holds_everything_up_and_loses_nothing() throws Exception {
        try (Under run = new Under("F4 database paused (SIGSTOP) 20 s")) {
            HubProcess hub = run.rig.hub();
            run.events(300);
            run.awaitStored(50);
            run.rig.postgresProcesses().pause();
            run.events(100, Duration.ofSeconds(20));
            String health = "readiness " + hub.readiness() + " meanwhile";
            run.rig.postgresProcesses().resume();
            few(run, run.settles(health));
        }
    }

    @Test
    void a_connection_that_goes_silent_is_given_up_and_loses_nothing() throws Exception {
        try (Under run = new Under("F4 database half-open 20 s, then cut")) {
            run.rig.hub();
            run.events(300);
            run.awaitStored(50);
            run.rig.toPostgres.stall();
            run.events(100, Duration.ofSeconds(20));
            run.rig.toPostgres.heal();
            run.rig.toPostgres.cut();
            few(run, run.settles(""));
        }
    }

    @Test
    void a_connection_that_is_cut_at_commit_makes_neither_a_gap_nor_a_double_row() throws Exception {
        try (Under run = new Under("F4 database cut at COMMIT")) {
            run.rig.hub(run.rig.commitsAloud());
            int cuts = 0;
            for (int round = 0; round < 20; round++) {
                run.events(40);
                Wait.pass(Duration.ofMillis(run.random.nextInt(300)));
                run.rig.toPostgres.cutAt("COMMIT", run.random.nextBoolean(), 1 + run.random.nextInt(3));
                Wait.until("a commit is cut", Duration.ofSeconds(30), () -> run.rig.toPostgres.cuts() > 0);
                cuts += run.rig.toPostgres.cuts();
                run.rig.toPostgres.heal();
            }
            run.runs(20);
            few(run, run.settles(cuts + " commits cut, half of them after they were heard"));
        }
    }

    @Test
    void a_database_that_turns_read_only_is_waited_for() throws Exception {
        try (Under run = new Under("F5 database read-only 15 s")) {
            run.rig.hub();
            run.events(300);
            run.awaitStored(50);
            readOnly(run, "on");
            long before = run.stored();
            run.events(200, Duration.ofSeconds(15));
            long during = run.stored();
            readOnly(run, "off");
            few(run, run.settles((during - before) + " events stored meanwhile, by transactions that had begun"));
        }
    }

    private static void readOnly(Under run, String value) {
        run.rig.database.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
        run.rig.database.execute("SELECT pg_reload_conf()");
    }

    /** Status of a call that needs the database. */
    private static int api(Under run, HubProcess hub) throws IOException {
        long began = System.nanoTime();
        HttpResponse<String> answer =
                hub.get("/api/notifications/", "Authorization", "Bearer " + Tokens.of(run.rig.jwtSecret(), 1));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        return answer.statusCode();
    }

    /** The database alone was harmed: what a provider took is known, and written down once that works again. */
    private static void few(Under run, Audit audit) {
        for (String channel : audit.duplicates().keySet()) {
            assertThat(audit.duplicates(channel))
                    .as("duplicates over " + channel + " that no attempt without an answer explains")
                    .isLessThanOrEqualTo(run.rig.database.unanswered(channel));
        }
    }
}
