package camelbell.fault;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Strangers who begin and never end, or who ask and never read: no token, no signature, only connections. */
class UnfinishedFaults {

    private static final Duration LASTS = Duration.ofSeconds(25);
    private static final int THREE_MEGABYTES = 3_000_000;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void unfinished_webhook_bodies_without_a_signature_take_no_memory() throws Exception {
        String head = "POST /webhooks/whatsapp/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + THREE_MEGABYTES + "\r\n\r\n";
        attack(
                "250 unfinished webhook bodies of 3 MB, unsigned, one address",
                250,
                1,
                Says.unfinished(head, THREE_MEGABYTES - 1));
    }

    @Test
    void unfinished_webhook_bodies_under_a_wrong_signature_take_no_more_than_their_budget() throws Exception {
        String head = "POST /webhooks/whatsapp/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "X-Hub-Signature-256: sha256=" + "0123456789abcdef".repeat(4) + "\r\n"
                + "Content-Length: " + THREE_MEGABYTES + "\r\n\r\n";
        attack(
                "250 unfinished webhook bodies of 3 MB, wrongly signed, 25 addresses",
                250,
                25,
                Says.unfinished(head, THREE_MEGABYTES - 1));
    }

    @Test
    void pipelined_requests_for_files_that_nobody_reads_hold_nobody_up() throws Exception {
        attack(
                "200 connections x 60 pipelined swagger-ui-bundle.js, unread",
                200,
                4,
                Says.once(Says.get("/api/docs/swagger-ui-bundle.js").repeat(60), false));
    }

    @Test
    void bodies_under_the_sockets_path_are_refused() throws Exception {
        Says drips = Says.once(
                        "POST /ws/notifications/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", true)
                .then(new byte[] {' '}, Duration.ofSeconds(20));
        attack("8,000 connections with a body under /ws/, a byte every 20 s", 8000, 40, drips);
    }

    @Test
    void connections_that_say_nothing_are_held_to_a_maximum() throws Exception {
        attack("8,000 silent connections", 8000, 40, Says.once("", true));
    }

    private static void attack(String name, int count, int addresses, Says says) throws Exception {
        try (Siege siege = new Siege(name)) {
            String[] crowd = {""};
            siege.under(
                    hub -> {
                        try (Crowd strangers = new Crowd(hub).come(count, 7, addresses, says)) {
                            Wait.pass(LASTS);
                            crowd[0] = strangers.toString();
                        }
                    },
                    LASTS);
            siege.ends(crowd[0]);
        }
    }
}
