package camelbell.runtime.reload;

import camelbell.runtime.health.Watch;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Service;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Steps that are no longer current: they stay until no exchange is on them and no list is gathered in them, however long that
 * takes, and are stopped then.
 */
@Component
@ConditionalOnProperty("camelbell.reload")
class RetiredSteps {

    private final List<Retired> waiting = new ArrayList<>();
    private final List<Last> last = new ArrayList<>();
    private final Watch watch = new Watch("retired-steps", Duration.ofSeconds(1), this::endIdle);

    private static final class Retired {

        private final RunningSteps.StepsVersion version;
        private boolean idle;

        Retired(RunningSteps.StepsVersion version) {
            this.version = version;
        }

        /** Twice in a row: between two lists of an aggregation there is a moment in which neither is seen. */
        boolean isOver() {
            boolean before = idle;
            idle = version.isIdle() && gathered(version.steps()).stream().allMatch(RetiredSteps::isEmpty);
            return before && idle;
        }
    }

    synchronized void add(RunningSteps.StepsVersion version) {
        waiting.add(new Retired(version));
        gathered(version.steps()).forEach(AggregateProcessor::forceCompletionOfAllGroups);
    }

    /** Does something once nothing is on any of the steps that are retired now. */
    synchronized void whenAllAreOver(Runnable what) {
        last.add(new Last(new HashSet<>(waiting), what));
    }

    private record Last(Set<Retired> before, Runnable what) {}

    private synchronized void endIdle() {
        for (Retired retired : List.copyOf(waiting)) {
            gathered(retired.version.steps()).forEach(AggregateProcessor::forceCompletionOfAllGroups);
            if (retired.isOver()) {
                waiting.remove(retired);
                last.forEach(one -> one.before.remove(retired));
                ServiceHelper.stopAndShutdownService(retired.version.steps());
            }
        }
        for (Last one : List.copyOf(last)) {
            if (one.before.isEmpty()) {
                last.remove(one);
                one.what.run();
            }
        }
    }

    /** After the routes: nothing can come on them any more. */
    @PreDestroy
    synchronized void close() {
        watch.close();
        waiting.forEach(retired -> ServiceHelper.stopAndShutdownService(retired.version.steps()));
        waiting.clear();
    }

    private static List<AggregateProcessor> gathered(AsyncProcessor steps) {
        return ServiceHelper.getChildServices((Service) steps, true).stream()
                .filter(AggregateProcessor.class::isInstance)
                .map(AggregateProcessor.class::cast)
                .toList();
    }

    private static boolean isEmpty(AggregateProcessor gathering) {
        return gathering.getInProgressCompleteExchanges() == 0
                && gathering.getAggregationRepository().getKeys().isEmpty();
    }
}
