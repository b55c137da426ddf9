package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** I7: what a hub holds of the machine, as it was when it had just become ready. */
record Baseline(long threads, long files) {

    /** Pools that are filled under load and may stay so: HTTP workers, SMTP and HTTP connections, Kafka clients. */
    private static final long THREADS_MORE = 120;

    private static final long FILES_MORE = 120;

    /** A pool's size for each hub: spring.datasource.hikari.maximum-pool-size. */
    private static final long SESSIONS = 24;

    /** A pool replaces a connection that answers too late, and the old one may stay for a while. */
    private static final Duration TO_GO = Duration.ofSeconds(30);

    static Baseline of(HubProcess hub) {
        return new Baseline((long) hub.metric("jvm.threads.live"), files(hub));
    }

    void check(HubProcess hub, Findings findings) {
        Baseline now = of(hub);
        findings.unless(now.threads <= threads + THREADS_MORE, "I7 threads that stay", now + " after " + this);
        findings.unless(now.files <= files + FILES_MORE, "I7 files or sockets that stay", now + " after " + this);
    }

    static void checkSessions(Rig rig, long hubs, Findings findings) {
        String mine = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'camelbell%'";
        findings.unless(
                Wait.hasCome(() -> "old sessions end", TO_GO, () -> rig.database.count(mine) <= hubs * SESSIONS),
                "I7 database sessions that stay",
                rig.database.rows(mine));
        String idle = mine + " AND state LIKE 'idle in%' AND state_change < now() - interval '5 s'";
        findings.unless(
                Wait.hasCome(() -> "transactions end", TO_GO, () -> rig.database.count(idle) == 0),
                "I7 transaction that nobody ends",
                idle);
    }

    /** On Linux; elsewhere nothing is counted. */
    private static long files(HubProcess hub) {
        Path open = Path.of("/proc", String.valueOf(hub.pid()), "fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
