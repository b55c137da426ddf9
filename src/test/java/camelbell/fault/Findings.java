package camelbell.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a check has found wrong: how often, and the first examples. */
final class Findings {

    private static final int EXAMPLES = 3;

    private final Map<String, List<String>> examples = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private long lost;

    void unless(boolean holds, String what, Object example) {
        if (!holds) {
            counts.merge(what, 1, Integer::sum);
            List<String> some = examples.computeIfAbsent(what, key -> new ArrayList<>());
            if (some.size() < EXAMPLES) {
                some.add(String.valueOf(example));
            }
        }
    }

    void lostUnless(boolean holds, String what, Object example) {
        lost += holds ? 0 : 1;
        unless(holds, what, example);
    }

    long lost() {
        return lost;
    }

    List<String> broken() {
        return counts.entrySet().stream()
                .map(entry ->
                        entry.getKey() + ": " + entry.getValue() + " times, such as " + examples.get(entry.getKey()))
                .toList();
    }
}
