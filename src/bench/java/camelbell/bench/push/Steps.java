package camelbell.bench.push;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the time of the push path went, of the hub's own timers: how often each route of it ran, and how long it took on
 * the average. A route that calls another takes the other's time as well.
 */
record Steps(Map<String, Double> seconds, Map<String, Double> counts) {

    private static final Pattern ROUTE =
            Pattern.compile("camel_route_policy_seconds_(sum|count)\\{.*routeId=\"([^\"]+)\".*} (\\S+)");
    private static final Pattern PASS =
            Pattern.compile("camelbell_websocket_passes_seconds_(sum|count)(?:\\{.*})? (\\S+)");

    /** In the order of the path; the last one is that of the passes. */
    private static final java.util.List<String> PATH = java.util.List.of(
            "ticket-events",
            "plan",
            "ticket-events-portion",
            "record",
            "dispatch",
            "fan-out",
            "channel-websocket",
            "announce",
            "pass");

    static Steps now(int managementPort) throws IOException, InterruptedException {
        Steps steps = new Steps(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String line : HubUnderTest.metrics(managementPort)) {
            Matcher route = ROUTE.matcher(line);
            Matcher pass = PASS.matcher(line);
            if (route.matches()) {
                steps.put(route.group(1), route.group(2), route.group(3));
            } else if (pass.matches()) {
                steps.put(pass.group(1), "pass", pass.group(2));
            }
        }
        return steps;
    }

    private void put(String kind, String step, String value) {
        (kind.equals("sum") ? seconds : counts).merge(step, Double.parseDouble(value), Double::sum);
    }

    /** Mean milliseconds and runs of each step since then. */
    String since(Steps before) {
        StringBuilder text = new StringBuilder("steps, ms x runs:");
        if (counts.isEmpty()) {
            text.append(" none of the hub's timers were found");
        }
        for (String step : PATH) {
            double runs = counts.getOrDefault(step, 0.0) - before.counts.getOrDefault(step, 0.0);
            double time = seconds.getOrDefault(step, 0.0) - before.seconds.getOrDefault(step, 0.0);
            if (runs > 0) {
                text.append(String.format(Locale.ROOT, " %s %.2f x %.0f;", step, time * 1000 / runs, runs));
            }
        }
        return text.toString();
    }
}
