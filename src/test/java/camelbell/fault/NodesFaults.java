package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import camelbell.it.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F25 and F26: several nodes, one of which goes, by order or without a word. */
class NodesFaults {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void of_two_nodes_one_is_killed_and_the_other_finishes_its_work() throws Exception {
        try (Under run = new Under("F1 two nodes, one killed, 5 times")) {
            run.rig.hub("CAMELBELL_NODE=stays");
            Claims claims = new Claims(run.rig);
            for (int round = 0; round < 5; round++) {
                HubProcess victim = run.rig.hub("CAMELBELL_NODE=victim-" + round);
                run.events(200);
                Wait.pass(Duration.ofMillis(500 + run.random.nextInt(1500)));
                victim.kill();
                claims.note();
            }
            run.runs(5);
            claims.bound(run.settles(claims.toString()));
        }
    }

    @Test
    void two_nodes_share_ten_thousand_waiting_deliveries_and_each_is_claimed_once() throws Exception {
        try (Under run = new Under("F26 two nodes, one queue of 10,000 rows")) {
            HubProcess gatherer = run.rig.hub();
            run.rig.toSmtp.down();
            run.rig.toCloud.down();
            while (run.rig.database.count("SELECT count(*) FROM delivery") < 10_000) {
                long before = run.stored();
                run.events(500);
                run.awaitStored(before + 500);
            }
            gatherer.stop();
            run.rig.toSmtp.heal();
            run.rig.toCloud.heal();
            run.rig.database.execute(
                    "UPDATE delivery SET ready_at = now(), due_at = now(), attempt = 0, leased_by = NULL");
            run.rig.database.execute("DELETE FROM attempt");
            long waiting = run.rig.database.count("SELECT count(*) FROM delivery");
            run.rig.starting("CAMELBELL_NODE=one", "CAMELBELL_DELIVERY_IN_MEMORY=200", "CAMELBELL_DELIVERY_LEASE=60s");
            run.rig.starting("CAMELBELL_NODE=two", "CAMELBELL_DELIVERY_IN_MEMORY=200", "CAMELBELL_DELIVERY_LEASE=60s");
            Set<String> holders = new TreeSet<>();
            Wait.until("the queue is empty", Under.SETTLE, () -> {
                run.rig
                        .database
                        .rows("SELECT DISTINCT leased_by FROM delivery WHERE leased_by IS NOT NULL")
                        .forEach(row -> holders.add(row.get(0)));
                return run.rig.database.count("SELECT count(*) FROM delivery") == 0;
            });
            Audit audit = run.settles(waiting + " rows, held by " + holders);
            assertThat(audit.duplicates().values()).containsOnly(0L);
            assertThat(holders).containsExactly("one", "two");
        }
    }

    @Test
    void a_rolling_restart_under_load_loses_nothing_doubles_nothing_and_the_other_node_answers_all_the_time()
            throws Exception {
        try (Under run = new Under("F25 SIGTERM under load, rolling restart of two nodes")) {
            HubProcess one = run.rig.hub("CAMELBELL_NODE=one");
            HubProcess two = run.rig.hub("CAMELBELL_NODE=two");
            Duration longest = Duration.ZERO;
            AtomicInteger failures = new AtomicInteger();
            for (int round = 0; round < 4; round++) {
                HubProcess leaver = round % 2 == 0 ? one : two;
                HubProcess stays = round % 2 == 0 ? two : one;
                run.events(200);
                Wait.pass(Duration.ofMillis(run.random.nextInt(1500)));
                Caller caller = new Caller(stays, run.rig.jwtSecret(), failures);
                Duration took = leaver.stop();
                caller.stop();
                longest = took.compareTo(longest) > 0 ? took : longest;
                HubProcess fresh = run.rig.hub("CAMELBELL_NODE=" + (round % 2 == 0 ? "one" : "two"));
                one = round % 2 == 0 ? fresh : one;
                two = round % 2 == 0 ? two : fresh;
            }
            run.runs(4);
            Audit audit = run.settles(
                    "longest stop " + longest.toMillis() + " ms, " + failures + " failed calls to the surviving node");
            assertThat(longest).isLessThan(LONGEST_STOP);
            assertThat(failures.get()).isZero();
            assertThat(audit.duplicates().values()).containsOnly(0L);
        }
    }

    /** Reads its inbox over and over, and counts what goes wrong. */
    private static final class Caller {
        private final AtomicBoolean done = new AtomicBoolean();
        private final Thread thread;

        Caller(HubProcess hub, String secret, AtomicInteger failures) {
            thread = new Thread(
                    () -> {
                        while (!done.get()) {
                            failures.addAndGet(isServed(hub, secret) ? 0 : 1);
                            Wait.pass(Duration.ofMillis(50));
                        }
                    },
                    "caller");
            thread.start();
        }

        private static boolean isServed(HubProcess hub, String secret) {
            try {
                return hub.get("/api/notifications/unread_count/", "Authorization", "Bearer " + Tokens.of(secret, 1))
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        }

        void stop() throws InterruptedException {
            done.set(true);
            thread.join();
        }
    }
}
