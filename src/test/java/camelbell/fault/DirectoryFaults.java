package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The users topic: odd records, very many of them, and a database that does not tell how far the directory is. */
class DirectoryFaults {

    private static final long STRANGER = 1_000_000;
    private static final long MAY_SAY = 1_000_000;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_user_that_cannot_be_stored_is_put_aside_and_the_others_are_known() throws Exception {
        try (Siege siege = new Siege("users of 1 MB, of 1.2 MB, and one that PostgreSQL refuses")) {
            siege.rig().topics.set("users", "max.message.bytes", "5000000");
            siege.under(
                    hub -> {
                        Rig rig = siege.rig();
                        rig.database.execute("ALTER TABLE person ADD CONSTRAINT fault_suite"
                                + " CHECK (name NOT LIKE '%unstorable%')");
                        try (Bulk large = new Bulk(rig, "none")) {
                            large.post("users", "garbage", new byte[1_200_000]);
                            large.post(
                                    "users",
                                    "large",
                                    Beside.person(STRANGER - 1, "CLIENT", "x".repeat(1_100_000))
                                            .getBytes(UTF_8));
                            large.flush();
                        }
                        rig.topics.post("users", "unstorable", Beside.person(STRANGER - 2, "CLIENT", "unstorable"));
                        Beside.people(rig, STRANGER, 60, "CLIENT");
                        siege.findings.unless(
                                Wait.hasCome(() -> "known", Duration.ofSeconds(20), () -> known(rig) == 60),
                                "directory: people behind the odd ones are not known",
                                known(rig));
                        siege.findings.unless(
                                Wait.hasCome(() -> "dead letters", Duration.ofSeconds(10), () -> deadLetters(rig)
                                        .equals(Set.of("garbage", "large", "unstorable"))),
                                "directory: users that were not put aside",
                                deadLetters(rig));
                    },
                    Duration.ofSeconds(20));
            siege.ends("");
        }
    }

    private static long known(Rig rig) {
        return rig.database.count("SELECT count(*) FROM person WHERE id >= " + STRANGER);
    }

    private static Set<String> deadLetters(Rig rig) {
        Set<String> keys = new HashSet<>();
        rig.topics.each("users-dlt", deadLetter -> keys.add(new String(deadLetter.key(), UTF_8)));
        return keys;
    }

    @Test
    void a_directory_that_is_posted_again_holds_up_no_event() throws Exception {
        try (Siege siege = new Siege("60,000 people posted again")) {
            Beside.people(siege.rig(), STRANGER, 60_000, "CLIENT");
            siege.prepares(hub -> Beside.awaitPeople(siege.rig(), STRANGER, 60_000));
            siege.patience(Duration.ofSeconds(10));
            siege.under(hub -> Beside.people(siege.rig(), STRANGER, 60_000, "DEVELOPER"), Duration.ofSeconds(30));
            String changed = "SELECT count(*) FROM person WHERE role = 'DEVELOPER' AND id >= " + STRANGER;
            Wait.until(
                    "all are read",
                    Duration.ofMinutes(2),
                    () -> siege.rig().database.count(changed) == 60_000);
            siege.ends("");
        }
    }

    @Test
    void a_directory_whose_progress_is_not_told_is_asked_for_with_pauses() throws Exception {
        try (Siege siege = new Siege("the table directory_progress is away for 20 s")) {
            siege.patience(Duration.ofSeconds(40)); // an event may need somebody whose record cannot be read now
            siege.under(
                    hub -> {
                        Rig rig = siege.rig();
                        LogSize before = LogSize.of(hub.log());
                        rig.database.execute("ALTER TABLE directory_progress RENAME TO away");
                        Beside.people(rig, STRANGER, 10, "CLIENT");
                        Wait.pass(Duration.ofSeconds(20));
                        rig.database.execute("ALTER TABLE away RENAME TO directory_progress");
                        LogSize said = LogSize.of(hub.log()).since(before);
                        siege.findings.unless(said.bytes() < MAY_SAY, "loop: the log grows by", said);
                        siege.findings.unless(
                                Wait.hasCome(() -> "known", Duration.ofSeconds(40), () -> known(rig) == 10),
                                "directory: not read on afterwards",
                                known(rig));
                    },
                    Duration.ofSeconds(20));
            siege.ends("");
        }
    }
}
