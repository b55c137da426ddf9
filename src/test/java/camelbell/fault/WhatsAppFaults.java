package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F14 to F19: Meta refuses, throttles, babbles or says nothing. E-mail never notices. */
class WhatsAppFaults {

    private static final int EVENTS = 20;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void what_meta_says_for_now_is_tried_again_and_what_it_says_for_good_is_not() throws Exception {
        try (Under run = new Under("F14, F17, F18 Meta 429, 5xx and error codes")) {
            run.rig.hub();
            Map<String, Object> throttled = Map.of("status", 429, "times", 0, "headers", retryAfter());
            passing(run, throttled);
            for (int code : new int[] {130429, 80007, 131056, 131000, 131016, 190, 368, 131042}) {
                passing(run, Map.of("code", code, "times", 0));
            }
            for (int status : new int[] {500, 503}) {
                passing(run, Map.of("status", status, "times", 0));
            }
            Set<String> refused = new HashSet<>();
            for (int code : new int[] {131047, 132001, 131026}) {
                refused.addAll(forGood(run, code));
            }
            run.runs(14);
            Audit audit = run.settles(
                    run.invariants()
                            .ends((row, status) -> status.equals(
                                    row.skipped()
                                            ? "SKIPPED"
                                            : row.channel().equals("WHATSAPP") && refused.contains(row.event())
                                                    ? "FAILED"
                                                    : "SENT")),
                    "429 with Retry-After 3600; 130429 80007 131056 131000 131016 190 368 131042; 500 503; 131047"
                            + " 132001 131026");
            assertThat(audit.duplicates().values()).containsOnly(0L);
        }
    }

    private static Object retryAfter() {
        return new JsonObject().put("Retry-After", "3600");
    }

    /** While it lasts, nothing over WhatsApp is given up and no request is made that is not an attempt. */
    private static void passing(Under run, Map<String, Object> script) {
        run.rig.cloud.script(script);
        long requests = run.rig.cloud.counts().requests();
        run.events(EVENTS);
        run.awaitStored(run.workload.events());
        run.awaitNoWork("EMAIL");
        Wait.until(
                "something was tried",
                Duration.ofSeconds(20),
                () -> run.rig.cloud.counts().requests() > requests);
        Wait.pass(Duration.ofSeconds(3));
        assertThat(run.rig.database.count("SELECT count(*) FROM delivery WHERE channel = 'WHATSAPP'"))
                .as("deliveries kept under " + script)
                .isPositive();
        run.rig.cloud.endScript();
        run.awaitNoWork("WHATSAPP");
    }

    private static Set<String> forGood(Under run, int code) {
        Set<String> before = Set.copyOf(run.workload.expected().keySet());
        run.rig.cloud.script(Map.of("code", code, "times", 0));
        run.events(EVENTS);
        run.awaitStored(run.workload.events());
        run.awaitNoWork("WHATSAPP");
        run.rig.cloud.endScript();
        Set<String> refused = new HashSet<>(run.workload.expected().keySet());
        refused.removeAll(before);
        return refused;
    }

    @Test
    void an_answer_that_is_none_costs_one_more_attempt_and_nothing_else() throws Exception {
        try (Under run = new Under("F15, F19 Cloud API garbage");
                Garbage garbage = new Garbage()) {
            HubProcess hub = run.rig.hub();
            run.rig.toCloud.target(garbage.port());
            for (Garbage.Kind kind : Garbage.Kind.values()) {
                garbage.kind(kind);
                run.events(EVENTS);
                run.awaitStored(run.workload.events());
                run.awaitNoWork("WHATSAPP");
            }
            run.rig.alsoTaken(garbage.taken());
            run.runs(Garbage.Kind.values().length);
            Audit audit = run.settles(
                    "500, 503 and 200 with HTML; truncated; empty; 10 MB; gzip bomb of 1 GiB; silence;" + " redirect");
            assertThat(audit.duplicates().values()).containsOnly(0L);
            assertThat(garbage.followed()).isZero();
            assertThat(hub.isAlive()).isTrue();
        }
    }

    @Test
    void a_message_that_was_taken_while_the_answer_got_lost_is_sent_at_most_once_more() throws Exception {
        try (Under run = new Under("F16 Cloud API takes the message, then cuts the connection")) {
            run.rig.hub();
            run.rig.cloud.script(Map.of("close", true, "accepted", true, "times", 10));
            run.events(100);
            run.awaitStored(run.workload.events());
            Audit audit = run.settles("10 answers lost, each message accepted again");
            assertThat(audit.duplicates("WHATSAPP")).isEqualTo(10);
            assertThat(audit.duplicates("EMAIL")).isZero();
        }
    }
}
