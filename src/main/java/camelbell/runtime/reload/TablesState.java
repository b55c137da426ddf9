package camelbell.runtime.reload;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which version of the tables runs, and which was saved last and refused. */
@Component
class TablesState {

    private final Clock clock;
    private volatile Running running;
    private volatile @Nullable Refused refused;

    TablesState(FolderVersion versionAtStart, ObjectProvider<Clock> clock, MeterRegistry metrics) {
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        running = new Running(versionAtStart, this.clock.instant());
        Gauge.builder("camelbell.tables.refused", this, state -> state.refused == null ? 0 : 1)
                .description("1 while the version that was saved last is refused, and an older one runs")
                .register(metrics);
    }

    /** What runs, and from when on. */
    record Running(FolderVersion version, Instant since) {}

    /**
     * What was saved last and does not run.
     *
     * @param findings one line each, at least one
     */
    record Refused(FolderVersion version, List<String> findings, Instant since) {}

    Running running() {
        return running;
    }

    @Nullable
    Refused refused() {
        return refused;
    }

    void runs(FolderVersion version) {
        running = new Running(version, clock.instant());
        refused = null;
    }

    void refuse(FolderVersion version, List<String> findings) {
        refused = new Refused(version, List.copyOf(findings), clock.instant());
    }

    /** The saved files are those that run, again. Answers whether that is news. */
    boolean takenBack() {
        boolean news = refused != null;
        refused = null;
        return news;
    }
}
