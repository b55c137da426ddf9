package camelbell.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Events for very many people, and one inbox that somebody else holds: the others go on. */
class CrowdedEventsFaults {

    private static final long STRANGER = 1_000_000;
    private static final int CHANNELS = 3;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void sixty_events_for_five_thousand_people_each_go_through_a_hub_of_512_megabytes() throws Exception {
        try (Siege siege = new Siege("60 events for 5,000 people each")) {
            siege.patience(Duration.ofMinutes(20)); // it is behind 900,000 rows: late, but never lost
            Beside.people(siege.rig(), STRANGER, 5000, "CLIENT");
            siege.prepares(hub -> Beside.awaitPeople(siege.rig(), STRANGER, 5000));
            List<Long> all = LongStream.range(STRANGER, STRANGER + 5000).boxed().toList();
            siege.under(
                    hub -> {
                        for (int i = 1; i <= 60; i++) {
                            String event = Beside.event("crowd-" + i, "ticket_assigned", i, all)
                                    .toString();
                            siege.rig().topics.post("ticket-events", String.valueOf(i), event);
                        }
                        siege.rig().topics.flush();
                        complete(siege, "crowd-%", 60L * 5000 * CHANNELS);
                    },
                    Duration.ofSeconds(30));
            siege.ends("900,000 rows");
        }
    }

    @Test
    void one_event_for_fifty_thousand_administrators_goes_through_a_hub_of_512_megabytes() throws Exception {
        try (Siege siege = new Siege("one event for 50,000 administrators")) {
            siege.patience(Duration.ofMinutes(20));
            Beside.people(siege.rig(), STRANGER, 50_000, "ADMIN");
            siege.prepares(hub -> Beside.awaitPeople(siege.rig(), STRANGER, 50_000));
            siege.under(
                    hub -> {
                        String event = Beside.event("everybody", "ticket_created", 7, List.of())
                                .toString();
                        siege.rig().topics.post("ticket-events", "7", event);
                        siege.rig().topics.flush();
                        complete(siege, "everybody", (50_000 + 2) * CHANNELS); // two are of the workload
                    },
                    Duration.ofSeconds(30));
            siege.ends("150,006 rows");
        }
    }

    private static void complete(Siege siege, String events, long rows) {
        siege.findings.lostUnless(
                Wait.hasCome(() -> "rows", Duration.ofMinutes(20), () -> Beside.rows(siege.rig(), events) == rows),
                "rows of crowded events, of " + rows,
                Beside.rows(siege.rig(), events));
    }

    @Test
    void an_inbox_that_a_frozen_session_holds_holds_up_nobody_else() throws Exception {
        try (Siege siege = new Siege("an inbox row locked for 40 s by a frozen session")) {
            siege.patience(Duration.ofSeconds(15));
            Beside.people(siege.rig(), STRANGER, 1, "CLIENT");
            siege.prepares(hub -> {
                forStranger(siege, "before");
                Beside.awaitRows(siege.rig(), "before", CHANNELS, Duration.ofMinutes(1));
            });
            siege.under(
                    hub -> {
                        try (Connection frozen = siege.rig().database.connect()) {
                            lock(frozen);
                            for (int i = 0; i < 20; i++) {
                                forStranger(siege, "locked-" + i);
                                Wait.pass(Duration.ofSeconds(2));
                            }
                            frozen.rollback();
                        }
                        siege.findings.lostUnless(
                                Wait.hasCome(
                                        () -> "rows",
                                        Duration.ofMinutes(1),
                                        () -> Beside.rows(siege.rig(), "locked-%") == 20 * CHANNELS),
                                "rows of the locked inbox's person",
                                Beside.rows(siege.rig(), "locked-%"));
                    },
                    Duration.ofSeconds(40));
            siege.ends("20 events for its person meanwhile");
        }
    }

    private static void lock(Connection frozen) throws SQLException {
        frozen.setAutoCommit(false);
        try (Statement lock = frozen.createStatement()) {
            lock.execute("SELECT * FROM inbox WHERE recipient = " + STRANGER + " FOR UPDATE");
        }
    }

    private static void forStranger(Siege siege, String id) {
        String event = Beside.event(id, "ticket_assigned", 7, List.of(STRANGER)).toString();
        siege.rig().topics.post("ticket-events", "7", event);
        siege.rig().topics.flush();
    }
}
