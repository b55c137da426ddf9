package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import camelbell.it.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** People with a token who ask for much and read little. */
class UnreadFaults {

    private static final Duration LASTS = Duration.ofSeconds(25);
    private static final long STRANGER = 1_000_000;
    private static final String PAGE = "/api/notifications/?page_size=100";

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void pages_of_long_titles_that_nobody_reads_take_no_memory() throws Exception {
        try (Siege siege = new Siege("10 connections ask for pages of 100 long titles, unread")) {
            Beside.people(siege.rig(), STRANGER, 1, "CLIENT");
            String title = Workload.TITLE_MARKER + "x".repeat(200_000);
            for (int i = 0; i < 100; i++) {
                String event = Beside.titled(Beside.event("long-" + i, "ticket_assigned", 7, List.of(STRANGER)), title)
                        .toString();
                siege.rig().topics.post("ticket-events", "7", event);
            }
            String ask = Says.get(PAGE, Tokens.of(siege.rig().jwtSecret(), STRANGER));
            String[] crowd = {""};
            siege.prepares(hub -> Beside.awaitRows(siege.rig(), "long-%", 300, Duration.ofMinutes(1)));
            siege.under(
                    hub -> {
                        try (Crowd strangers = new Crowd(hub).come(10, 7, 10, Says.once(ask.repeat(20), false))) {
                            Wait.pass(LASTS);
                            crowd[0] = strangers.toString();
                        }
                    },
                    LASTS);
            siege.ends("titles of 200,000 characters, 20 pipelined pages each; " + crowd[0]);
        }
    }

    @Test
    void lists_of_large_dead_letters_are_bounded_by_bytes() throws Exception {
        try (Siege siege = new Siege("four parallel lists of 1 MB dead letters")) {
            byte[] garbage = "#".repeat(1_000_000).getBytes(UTF_8);
            for (int i = 0; i < 120; i++) {
                siege.run.bad.add(Bad.of("large-" + i, garbage, "TOO_LARGE", ""));
                siege.rig().topics.post("ticket-events", "large-" + i, garbage, Map.of());
            }
            siege.rig().topics.flush();
            String ask =
                    Says.get("/api/admin/dead-letters/", Tokens.of(siege.rig().jwtSecret(), GoodTraffic.PERSON));
            String[] answers = {""};
            siege.under(
                    hub -> {
                        try (Callers operators = new Callers(hub, 4, "127.0.7.1", ask)) {
                            operators.attackFor(LASTS);
                            answers[0] = operators.toString();
                        }
                    },
                    LASTS);
            siege.ends("120 dead letters; answers " + answers[0]);
        }
    }

    @Test
    void sockets_that_send_pings_and_read_nothing_hold_nobody_up() throws Exception {
        try (Siege siege = new Siege("70 sockets of 7 people send 8 KB pings and read nothing")) {
            Beside.people(siege.rig(), STRANGER, 7, "CLIENT");
            byte[] ping = Says.frame("{\"type\":\"ping\",\"timestamp\":\"" + "x".repeat(8000) + "\"}");
            String[] crowd = {""};
            siege.under(
                    hub -> {
                        try (Crowd strangers = new Crowd(hub)) {
                            for (int person = 0; person < 7; person++) {
                                String token = Tokens.of(siege.rig().jwtSecret(), STRANGER + person);
                                strangers.come(
                                        10,
                                        7,
                                        10,
                                        Says.once(Says.handshake(token), false).then(ping, Duration.ofMillis(30)));
                            }
                            Wait.pass(LASTS);
                            crowd[0] = strangers.toString();
                        }
                    },
                    LASTS);
            siege.ends(crowd[0]);
        }
    }

    @Test
    void a_person_with_very_many_rows_does_not_slow_down_the_others() throws Exception {
        try (Siege siege = new Siege("64 parallel GET ?page=1 of a person with 300,000 rows")) {
            Beside.people(siege.rig(), STRANGER, 1, "CLIENT");
            String[] answers = {""};
            siege.prepares(hub -> ManyRows.of(siege.rig(), STRANGER, 300_000));
            siege.under(
                    hub -> {
                        String ask = Says.get(
                                "/api/notifications/?page=1",
                                Tokens.of(siege.rig().jwtSecret(), STRANGER));
                        try (Callers greedy = new Callers(hub, 64, "127.0.7.1", ask)) {
                            greedy.attackFor(LASTS);
                            answers[0] = greedy.toString();
                        }
                    },
                    LASTS);
            siege.ends("answers " + answers[0]);
        }
    }

    @Test
    void connections_that_come_and_go_hold_nobody_up() throws Exception {
        try (Siege siege = new Siege("16 callers, a new connection for each request")) {
            String[] answers = {""};
            siege.under(
                    hub -> {
                        try (Callers restless = new Callers(hub, 16, "127.0.7.1", Says.get("/api/notifications/"))) {
                            restless.attackFor(LASTS);
                            answers[0] = restless.toString();
                        }
                    },
                    LASTS);
            siege.ends("without a token; answers " + answers[0]);
        }
    }
}
