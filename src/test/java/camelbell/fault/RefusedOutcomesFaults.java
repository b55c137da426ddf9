package camelbell.fault;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Outcomes that the database refuses to store: they hold up nobody else's. */
class RefusedOutcomesFaults {

    private static final long STRANGER = 1_000_000;
    private static final Duration LASTS = Duration.ofSeconds(30);

    /** Of others than the stranger, and waiting for longer than a delivery and its outcome take on a busy machine. */
    private static final String OTHERS =
            "SELECT count(*) FROM delivery d JOIN notification_log l ON l.id = d.notification_id WHERE l.recipient <> "
                    + STRANGER + " AND d.created_at < now() - interval '15 s'";

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void an_outcome_that_the_database_refuses_holds_up_no_other() throws Exception {
        try (Siege siege = new Siege("outcomes that PostgreSQL refuses")) {
            Rig rig = siege.rig();
            rig.topics.post("users", String.valueOf(STRANGER), Beside.reachable(STRANGER));
            rig.topics.flush();
            siege.under(
                    hub -> {
                        rig.database.execute("ALTER TABLE notification_log ADD CONSTRAINT fault_suite CHECK"
                                + " (recipient <> " + STRANGER + " OR channel <> 'EMAIL' OR status <> 'SENT')");
                        for (int i = 0; i < 20; i++) {
                            String event = Beside.event("refused-" + i, "ticket_assigned", 1 + i, List.of(STRANGER))
                                    .toString();
                            rig.topics.post("ticket-events", String.valueOf(1 + i), event);
                            rig.post(siege.run.workload.next(5));
                            Wait.pass(Duration.ofSeconds(1));
                        }
                        siege.findings.unless(
                                Wait.hasCome(() -> "others", LASTS, () -> rig.database.count(OTHERS) == 0),
                                "outcomes of others that are not written",
                                rig.database.count(OTHERS));
                    },
                    LASTS);
            rig.database.execute("ALTER TABLE notification_log DROP CONSTRAINT fault_suite");
            rig.database.execute("DELETE FROM delivery WHERE notification_id IN"
                    + " (SELECT id FROM notification_log WHERE recipient = " + STRANGER + ")"); // an operator's part
            siege.ends("20 of them among 100 good events");
        }
    }
}
