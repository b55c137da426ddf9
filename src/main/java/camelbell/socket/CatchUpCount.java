package camelbell.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The metrics {@code camelbell.websocket.*} of what clients missed, and of the passes that bring it to them. */
@Component("catchUpCount")
class CatchUpCount {

    private final Timer passes;
    private final Counter resumes;
    private final Counter resyncs;

    CatchUpCount(MeterRegistry meters, Sessions sessions, SocketProperties properties) {
        this.passes = Timer.builder("camelbell.websocket.passes")
                .description("Passes that read inboxes and send what is new")
                .publishPercentileHistogram()
                .register(meters);
        this.resumes = Counter.builder("camelbell.websocket.resumes")
                .description("Clients that came back and said what they have, by since or resume")
                .register(meters);
        this.resyncs = Counter.builder("camelbell.websocket.resyncs")
                .description("Clients that had missed too much and were told to load by REST")
                .register(meters);
        long limit = properties.slowReaderLimit().toBytes();
        Gauge.builder("camelbell.websocket.slow.readers", sessions, open -> slow(open, limit))
                .description("Sockets whose client is behind by more than half of slow-reader-limit")
                .register(meters);
    }

    private static double slow(Sessions sessions, long limit) {
        return sessions.all().stream()
                .filter(session -> session.connection().backlog() > limit / 2)
                .count();
    }

    <T> T pass(Supplier<T> pass) {
        return Objects.requireNonNull(passes.record(pass));
    }

    void resumed() {
        resumes.increment();
    }

    void resynced() {
        resyncs.increment();
    }
}
