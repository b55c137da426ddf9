package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One attack on one hub beside {@link GoodTraffic}: a quiet phase to compare with, the attack, and what must hold
 * afterwards. Everything that does not hold is gathered, reported in one line, and only then fails the test.
 */
final class Siege implements AutoCloseable {

    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final int FRAMES_BEFORE = 4;
    private static final Duration QUIET = Duration.ofSeconds(8);

    /** For the attackers' connections to be noticed as gone. */
    private static final Duration RECOVERY = Duration.ofSeconds(Integer.getInteger("faults.recovery", 60));

    /** The product's own patience with providers, and its batches: {@link Rig} shortens them for other chapters. */
    static final List<String> AS_SHIPPED = List.of(
            "CAMELBELL_KAFKA_BATCH_SIZE=500",
            "CAMELBELL_MAIL_READ_TIMEOUT=20s",
            "CAMELBELL_MAIL_ATTEMPT_TIMEOUT=30s",
            "CAMELBELL_WHATSAPP_RESPONSE_TIMEOUT=10s",
            "CAMELBELL_WHATSAPP_ATTEMPT_TIMEOUT=15s",
            "CAMELBELL_DELIVERY_LEASE=60s",
            "CAMELBELL_DELIVERY_UNWRITTEN=100",
            "CAMELBELL_WHATSAPP_APP_SECRET=appsecret-of-the-fault-suite");

    final Under run;
    final Findings findings = new Findings();
    private final String name;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private Duration patience = Duration.ofSeconds(20);
    private Attack prepared = hub -> {};
    private SiegeReport report = SiegeReport.NONE;

    Siege(String name) {
        this.name = name;
        this.run = new Under(name);
        System.out.println(name + ", seed " + Seed.value());
    }

    Rig rig() {
        return run.rig;
    }

    /** For how long a good event may wait here, with the reason in the chapter. */
    void patience(Duration most) {
        patience = most;
    }

    /** What has to be there before the quiet phase, once the hub is ready. */
    void prepares(Attack before) {
        prepared = before;
    }

    interface Attack {
        void against(HubProcess hub) throws Exception;
    }

    /** Starts the hub, lets good traffic run in quiet, attacks for at least this time, and holds everything against the promise. */
    void under(Attack attack, Duration least, String... settings) throws Exception {
        HubProcess hub = run.rig.hub(
                Stream.concat(AS_SHIPPED.stream(), Stream.of(settings)).toArray(String[]::new));
        prepared.against(hub);
        GoodTraffic good = part(new GoodTraffic(run, hub));
        Pulse pulse = part(new Pulse(hub));
        Wait.until(
                "good traffic is answered", WARM_UP, () -> good.socket().seen().size() >= FRAMES_BEFORE);
        Span quiet = during(() -> Wait.pass(QUIET));
        long before = Recovery.memory(hub);
        LogSize log = LogSize.of(hub.log());
        Span attacked = during(() -> {
            long end = Moment.now() + least.toMillis();
            attack.against(hub);
            Wait.pass(Duration.ofMillis(Math.max(0, end - Moment.now())));
        });
        LogSize said = LogSize.of(hub.log()).since(log);
        Recovery recovery = new Recovery(hub, good, pulse, quiet, attacked.to());
        long took = recovery.await(RECOVERY, findings);
        long after = took < 0 ? -1 : recovery.memoryBackTo(before, findings);
        report = new SiegeReport(good, pulse, quiet, attacked, took, before, after, said);
        new Answered(good, pulse, patience, findings).check(new Span(quiet.from(), Moment.now()), took >= 0);
    }

    private interface Phase {
        void run() throws Exception;
    }

    private static Span during(Phase phase) throws Exception {
        long from = Moment.now();
        phase.run();
        return new Span(from, Moment.now());
    }

    /** Everything under way ends, every invariant holds, and the line goes to the report. */
    void ends(String remarks) {
        boolean dead = !findings.broken().isEmpty();
        long lost = 0;
        try {
            Audit audit = run.invariants().settled(dead ? Duration.ofSeconds(30) : Under.SETTLE.plus(patience));
            lost = audit.lost();
            audit.broken().forEach(line -> findings.unless(false, line, remarks));
        } catch (AssertionError | IllegalStateException notSettled) {
            findings.unless(false, "records", String.valueOf(notSettled.getMessage()));
        }
        report.add(name, lost, findings.broken(), remarks);
        if (!findings.broken().isEmpty()) {
            throw new AssertionError(name + ", seed " + Seed.value() + ": " + String.join("\n", findings.broken()));
        }
    }

    /** Ends with the siege, the newest first. */
    <T extends AutoCloseable> T part(T one) {
        parts.add(0, one);
        return one;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable one : parts) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IOException("Cannot end " + one, e);
            }
        }
        run.close();
    }
}
