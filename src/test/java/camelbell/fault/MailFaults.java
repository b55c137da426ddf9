package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.mail.ScriptedSmtp;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F10 to F13: the mail server refuses, is silent, or vanishes at the worst moment. WhatsApp never notices. */
class MailFaults {

    /** How the server answers a command, and whether the hub may try again. */
    private record Misbehaviour(String name, String command, String reply, boolean forGood) {}

    private static Misbehaviour passing(String name, String command, String reply) {
        return new Misbehaviour(name, command, reply, false);
    }

    private static Misbehaviour forGood(String name, String command, String reply) {
        return new Misbehaviour(name, command, reply, true);
    }

    private static final Misbehaviour[] ALL = {
        passing("421 at connect", "HELLO", "421 4.3.2 closing"),
        passing("450 at RCPT", "RCPT", "450 4.2.0 busy"),
        passing("451 at RCPT", "RCPT", "451 4.3.0 later"),
        passing("452 at RCPT", "RCPT", "452 4.3.1 full"),
        passing("451 after the data", ".", "451 4.3.0 later"),
        passing("535 at AUTH", "AUTH", "535 5.7.8 no"),
        passing("silent at RCPT", "RCPT", ScriptedSmtp.SILENCE),
        passing("closed at connect", "HELLO", ScriptedSmtp.HANG_UP),
        passing("a byte at a time at RCPT", "RCPT", ScriptedSmtp.DRIP),
        forGood("552 at RCPT", "RCPT", "552 5.2.2 full"),
        forGood("554 after the data", ".", "554 5.7.1 spam"),
        // the last: whom it strikes is skipped from then on
        forGood("550 at RCPT", "RCPT", "550 5.1.1 nobody"),
    };

    /** SKIPPED: the server has said of an earlier message that there is nobody at the address. */
    private static final Set<String> FOR_GOOD = Set.of("FAILED", "SKIPPED");

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_mail_server_that_misbehaves_is_tried_again_or_given_up_as_the_policy_says() throws Exception {
        try (Under run = new Under("F10-F13 SMTP 421 450 451 452 535 550 552 554, silent, closed, dripping")) {
            takesLogins(run);
            run.rig.hub("CAMELBELL_MAIL_USERNAME=hub", "CAMELBELL_MAIL_PASSWORD=hub");
            Set<String> refused = new HashSet<>();
            Map<String, Long> held = new LinkedHashMap<>();
            for (Misbehaviour one : ALL) {
                run.rig.smtp.answer(one.command, one.reply);
                run.rig.smtp.hangUp(); // sessions that were opened in better times
                held.put(one.name, underIt(run, one, refused));
                takesLogins(run);
                run.awaitNoWork("EMAIL");
            }
            run.runs(ALL.length);
            Audit audit = run.settles(
                    run.invariants().ends((row, status) -> {
                        boolean given = row.channel().equals("EMAIL") && refused.contains(row.event());
                        Set<String> ends = given ? FOR_GOOD : Set.of("SENT");
                        return row.skipped() ? status.equals("SKIPPED") : ends.contains(status);
                    }),
                    ALL.length + " misbehaviours");
            assertThat(audit.duplicates().values()).containsOnly(0L);
            assertThat(held.values()).allSatisfy(mails -> assertThat(mails).isPositive());
        }
    }

    /** Posts events while the server misbehaves; answers how many mails it kept from going. */
    private static long underIt(Under run, Misbehaviour one, Set<String> refused) {
        Set<String> before = Set.copyOf(run.workload.expected().keySet());
        run.events(20);
        run.awaitStored(run.workload.events());
        run.awaitNoWork("WHATSAPP");
        if (one.forGood) {
            Set<String> mine = new HashSet<>(run.workload.expected().keySet());
            mine.removeAll(before);
            refused.addAll(mine);
            run.awaitNoWork("EMAIL");
            return mine.size();
        }
        Wait.pass(Duration.ofSeconds(4)); // some attempts
        return run.rig.database.count("SELECT count(*) FROM delivery WHERE channel = 'EMAIL'");
    }

    @Test
    void a_connection_that_breaks_after_the_final_dot_costs_one_copy_at_most_and_it_has_the_same_id() throws Exception {
        try (Under run = new Under("F13 SMTP cut after the final dot")) {
            run.rig.hub();
            run.rig.toSmtp.cutAt("\r\n.\r\n", true, 10);
            run.events(100);
            Audit audit = run.settles("10 cut; Message-ID is what copies are counted by");
            assertThat(run.rig.toSmtp.cuts()).isEqualTo(10);
            assertThat(audit.duplicates("EMAIL")).isEqualTo(10);
            assertThat(audit.duplicates("WHATSAPP")).isZero();
        }
    }

    @Test
    void a_network_of_a_byte_at_a_time_ties_nobody_up() throws Exception {
        try (Under run = new Under("F13 SMTP network at 1 byte/s, 15 s")) {
            run.rig.hub();
            run.rig.toSmtp.drip(Duration.ofSeconds(1));
            run.events(50);
            run.awaitStored(50);
            run.awaitNoWork("WHATSAPP");
            Wait.pass(Duration.ofSeconds(15));
            run.rig.toSmtp.heal();
            run.rig.toSmtp.cut();
            assertThat(run.settles("").duplicates().values()).containsOnly(0L);
        }
    }

    private static void takesLogins(Under run) {
        for (Misbehaviour one : ALL) {
            run.rig.smtp.usual(one.command);
        }
        run.rig.smtp.answer("EHLO", "250-scripted\r\n250-AUTH PLAIN\r\n250 ENHANCEDSTATUSCODES");
        run.rig.smtp.answer("AUTH", "235 2.7.0 welcome");
    }
}
