package camelbell.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one route has done on this node since its start.
 *
 * @param route its id
 * @param exchanges that have ended
 * @param failed those of them that ended with an exception that nobody had dealt with
 * @param inflight under way now
 * @param meanMs of the time that one took, milliseconds
 * @param p95Ms within so many milliseconds 95 of 100 ended: the upper end of the bucket; 0 without any
 * @param took how many took at most so many milliseconds, by ascending times
 */
record RouteTraffic(
        String route, long exchanges, long failed, long inflight, double meanMs, long p95Ms, List<Took> took) {

    /** How many exchanges took at most so many milliseconds. */
    record Took(long ms, long count) {}

    /** Of every route, by id. */
    static List<RouteTraffic> of(MeterRegistry meters) {
        Map<String, Timer> timers = new TreeMap<>();
        meters.find("camel.route.policy")
                .timers()
                .forEach(timer -> timers.put(id(timer.getId().getTag("routeId")), timer));
        Map<String, Long> failed = new TreeMap<>();
        meters.find("camel.exchanges.failed")
                .counters()
                .forEach(one -> failed.merge(id(one.getId().getTag("routeId")), counted(one), Long::sum));
        List<RouteTraffic> all = new ArrayList<>();
        Map<String, Gauge> inflight = new TreeMap<>();
        meters.find("camelbell.route.inflight")
                .gauges()
                .forEach(gauge -> inflight.put(id(gauge.getId().getTag("route")), gauge));
        inflight.forEach((route, gauge) ->
                all.add(of(route, timers.get(route), failed.getOrDefault(route, 0L), Math.round(gauge.value()))));
        return all;
    }

    private static RouteTraffic of(String route, @Nullable Timer timer, long failed, long inflight) {
        if (timer == null) {
            return new RouteTraffic(route, 0, failed, inflight, 0, 0, List.of());
        }
        HistogramSnapshot snapshot = timer.takeSnapshot();
        List<Took> took = new ArrayList<>();
        for (CountAtBucket bucket : snapshot.histogramCounts()) { // the last one has no end
            if (bucket.bucket(TimeUnit.MILLISECONDS) < Long.MAX_VALUE / 1e7) {
                took.add(new Took(Math.round(bucket.bucket(TimeUnit.MILLISECONDS)), Math.round(bucket.count())));
            }
        }
        long all = snapshot.count();
        long p95 = took.stream()
                .filter(one -> all > 0 && one.count >= 0.95 * all)
                .mapToLong(Took::ms)
                .findFirst()
                .orElse(all == 0 ? 0 : Math.round(snapshot.max(TimeUnit.MILLISECONDS)));
        double mean = Math.round(snapshot.mean(TimeUnit.MILLISECONDS) * 100) / 100.0;
        return new RouteTraffic(route, all, failed, inflight, mean, p95, took);
    }

    private static long counted(Counter counter) {
        return Math.round(counter.count());
    }

    private static String id(@Nullable String tag) {
        return tag == null ? "" : tag;
    }
}
